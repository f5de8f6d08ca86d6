/**
 * Certificates and keys in PEM form, for client and server alike: {@link io.narthex.http.tls.Pem}.
 * Must not depend on either.
 */
@org.jspecify.annotations.NullMarked
package io.narthex.http.tls;
