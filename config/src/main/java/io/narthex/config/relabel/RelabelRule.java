package io.narthex.config.relabel;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.narthex.config.NameValidation;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.labels.RegexMatcher;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** One compiled rule. */
interface RelabelRule {
  /** Changes the labels; false drops the label set. */
  boolean apply(LabelsBuilder labels);

  static RelabelRule of(RelabelConfig config, NameValidation validation) {
    Source source = new Source(config.sourceLabels().toArray(new String[0]), config.separator());
    String target = config.targetLabel();
    return switch (config.action()) {
      case REPLACE -> new Replace(config, source, validation);
      case KEEP -> new Filter(source, RegexMatcher.compile(config.regex()), true);
      case DROP -> new Filter(source, RegexMatcher.compile(config.regex()), false);
      case KEEPEQUAL -> labels -> labels.get(target).equals(source.value(labels));
      case DROPEQUAL -> labels -> !labels.get(target).equals(source.value(labels));
      case HASHMOD -> new HashMod(source, config.modulus(), target);
      case LABELMAP -> new LabelMap(config);
      case LABELDROP -> new NameFilter(RegexMatcher.compile(config.regex()), false);
      case LABELKEEP -> new NameFilter(RegexMatcher.compile(config.regex()), true);
      case LOWERCASE -> new ChangeCase(source, target, false);
      case UPPERCASE -> new ChangeCase(source, target, true);
    };
  }

  private static Pattern pattern(RelabelConfig config) {
    return Pattern.compile("^(?s:" + config.regex() + ")$");
  }

  private static ReplacementTemplate template(String text, Pattern pattern) {
    return new ReplacementTemplate(text, pattern.namedGroups(), pattern.groupCount());
  }

  /** The values of the source labels, joined. */
  record Source(String[] names, String separator) {
    String value(LabelsBuilder labels) {
      if (names.length == 0) {
        return "";
      }
      String first = labels.get(names[0]);
      if (names.length == 1) {
        return first;
      }
      StringBuilder joined = new StringBuilder(first);
      for (int i = 1; i < names.length; i++) {
        joined.append(separator).append(labels.get(names[i]));
      }
      return joined.toString();
    }
  }

  /** Keep and drop. */
  record Filter(Source source, RegexMatcher regex, boolean keep) implements RelabelRule {
    @Override
    public boolean apply(LabelsBuilder labels) {
      return regex.matches(source.value(labels)) == keep;
    }
  }

  /** Replace. Runs the regex engine only where a variable needs what a group has caught. */
  final class Replace implements RelabelRule {
    private final Source source;
    private final NameValidation validation;
    private final boolean matchesAll;
    private final RegexMatcher regex;
    private final Pattern pattern;
    private final ReplacementTemplate target;
    private final ReplacementTemplate replacement;

    Replace(RelabelConfig config, Source source, NameValidation validation) {
      this.source = source;
      this.validation = validation;
      matchesAll = config.regex().equals(RelabelConfig.DEFAULT_REGEX);
      regex = RegexMatcher.compile(config.regex());
      pattern = pattern(config);
      target = template(config.targetLabel(), pattern);
      replacement = template(config.replacement(), pattern);
    }

    @Override
    public boolean apply(LabelsBuilder labels) {
      String value = source.value(labels);
      if (matchesAll) {
        set(labels, target.expandWhole(value), replacement.expandWhole(value));
      } else if (regex.matches(value)) {
        if (target.isVariable() || replacement.isVariable()) {
          Matcher match = pattern.matcher(value);
          if (match.matches()) {
            set(labels, target.expand(match), replacement.expand(match));
          }
        } else {
          set(labels, target.literal(), replacement.literal());
        }
      }
      return true;
    }

    private void set(LabelsBuilder labels, String name, String value) {
      if (!target.isVariable() || validation.acceptsLabelName(name)) {
        labels.set(name, value);
      }
    }
  }

  /** The last eight bytes of the MD5 sum, modulo a number. */
  record HashMod(Source source, long modulus, String target) implements RelabelRule {
    @Override
    public boolean apply(LabelsBuilder labels) {
      byte[] sum = md5(source.value(labels).getBytes(StandardCharsets.UTF_8));
      long hash = 0;
      for (int i = 8; i < 16; i++) {
        hash = hash << 8 | sum[i] & 0xff;
      }
      labels.set(target, Long.toUnsignedString(Long.remainderUnsigned(hash, modulus)));
      return true;
    }

    private static byte[] md5(byte[] text) {
      try {
        return MessageDigest.getInstance("MD5").digest(text);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("BUG: every Java platform has MD5", e);
      }
    }
  }

  /** Copies labels to names made from theirs. */
  final class LabelMap implements RelabelRule {
    private final RegexMatcher regex;
    private final Pattern pattern;
    private final ReplacementTemplate replacement;

    LabelMap(RelabelConfig config) {
      regex = RegexMatcher.compile(config.regex());
      pattern = pattern(config);
      replacement = template(config.replacement(), pattern);
    }

    @Override
    public boolean apply(LabelsBuilder labels) {
      // New labels must not be mapped again, so the names are read before the first change.
      String[] pairs = new String[2 * labels.size()];
      for (int i = 0; i < pairs.length; i += 2) {
        pairs[i] = labels.name(i / 2);
        pairs[i + 1] = labels.value(i / 2);
      }
      for (int i = 0; i < pairs.length; i += 2) {
        if (regex.matches(pairs[i])) {
          Matcher match = pattern.matcher(pairs[i]);
          if (match.matches()) {
            labels.set(replacement.expand(match), pairs[i + 1]);
          }
        }
      }
      return true;
    }
  }

  /** Labelkeep and labeldrop. */
  record NameFilter(RegexMatcher regex, boolean keep) implements RelabelRule {
    @Override
    public boolean apply(LabelsBuilder labels) {
      for (int i = labels.size() - 1; i >= 0; i--) {
        if (regex.matches(labels.name(i)) != keep) {
          labels.remove(labels.name(i));
        }
      }
      return true;
    }
  }

  /** Lowercase and uppercase, each character by itself as in Go: there is no {@code ß -> SS}. */
  record ChangeCase(Source source, String target, boolean upper) implements RelabelRule {
    @Override
    public boolean apply(LabelsBuilder labels) {
      String value = source.value(labels);
      StringBuilder changed = new StringBuilder(value.length());
      for (int i = 0; i < value.length(); ) {
        int c = value.codePointAt(i);
        i += Character.charCount(c);
        changed.appendCodePoint(upper ? Character.toUpperCase(c) : Character.toLowerCase(c));
      }
      labels.set(target, changed.toString());
      return true;
    }
  }
}
