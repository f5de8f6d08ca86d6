package io.narthex.scrape;

import java.util.List;
import java.util.Optional;

/** Where a target's family metadata is kept. */
interface FamilyMetadataSource {
  FamilyMetadataSource NONE =
      new FamilyMetadataSource() {
        @Override
        public List<FamilyMetadata> families() {
          return List.of();
        }

        @Override
        public Optional<FamilyMetadata> family(String name) {
          return Optional.empty();
        }
      };

  List<FamilyMetadata> families();

  Optional<FamilyMetadata> family(String name);
}
