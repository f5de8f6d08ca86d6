/**
 * Protobuf on bytes, without objects: {@link io.narthex.remote.codec.WireReader} walks a message in
 * place. For the messages that come by the million; nothing here knows what they mean.
 */
@org.jspecify.annotations.NullMarked
package io.narthex.remote.codec;
