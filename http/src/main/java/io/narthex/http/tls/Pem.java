package io.narthex.http.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Reads certificates and private keys from PEM text into key stores that live in memory. */
public final class Pem {
  private static final String BEGIN = "-----BEGIN ";
  private static final String DASHES = "-----";
  private static final char[] NO_PASSWORD = {};

  /** The DER form of the algorithm identifier of RSA keys, and of the OID of EC keys. */
  private static final byte[] RSA_ALGORITHM = {
    0x30,
    0x0d,
    0x06,
    0x09,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xf7,
    0x0d,
    0x01,
    0x01,
    0x01,
    0x05,
    0x00
  };

  private static final byte[] EC_OID = {
    0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01
  };

  private record Section(String label, byte[] der) {}

  private Pem() {}

  /**
   * A store that trusts the certificates of the text.
   *
   * @throws GeneralSecurityException where there is none, or a malformed one
   */
  public static KeyStore trustStore(String pem) throws GeneralSecurityException {
    KeyStore store = emptyStore();
    int n = 0;
    for (Certificate certificate : certificates(pem)) {
      store.setCertificateEntry("ca-" + n++, certificate);
    }
    return store;
  }

  /**
   * A store with one key and its certificate chain, the leaf first; its password is empty.
   *
   * @throws GeneralSecurityException where a text holds no certificate or no key
   */
  public static KeyStore keyStore(String certificatePem, String keyPem)
      throws GeneralSecurityException {
    KeyStore store = emptyStore();
    store.setKeyEntry(
        "key",
        privateKey(keyPem),
        NO_PASSWORD,
        certificates(certificatePem).toArray(new Certificate[0]));
    return store;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, NO_PASSWORD);
    } catch (java.io.IOException e) {
      throw new IllegalStateException("BUG: an empty key store cannot fail to load", e);
    }
    return store;
  }

  private static List<Certificate> certificates(String pem) throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<Certificate> certificates = new ArrayList<>();
    for (Section section : sections(pem)) {
      if (section.label.equals("CERTIFICATE")) {
        certificates.add(factory.generateCertificate(new ByteArrayInputStream(section.der)));
      }
    }
    if (certificates.isEmpty()) {
      throw new CertificateException("no CERTIFICATE section in PEM text");
    }
    return certificates;
  }

  private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
    for (Section section : sections(pem)) {
      switch (section.label) {
        case "PRIVATE KEY" -> {
          return pkcs8(section.der);
        }
        case "RSA PRIVATE KEY" -> {
          return key("RSA", pkcs8Of(RSA_ALGORITHM, section.der));
        }
        case "EC PRIVATE KEY" -> {
          byte[] algorithm = der(0x30, concat(EC_OID, curveOf(section.der)));
          return key("EC", pkcs8Of(algorithm, section.der));
        }
        default -> {}
      }
    }
    throw new InvalidKeySpecException("no unencrypted PRIVATE KEY section in PEM text");
  }

  private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
    for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
      try {
        return key(algorithm, der);
      } catch (InvalidKeySpecException e) {
        // The next algorithm may fit.
      }
    }
    throw new InvalidKeySpecException("private key is neither RSA, EC nor Ed25519");
  }

  private static PrivateKey key(String algorithm, byte[] pkcs8) throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  private static byte[] pkcs8Of(byte[] algorithm, byte[] key) {
    byte[] version = {0x02, 0x01, 0x00};
    return der(0x30, concat(version, algorithm, der(0x04, key)));
  }

  /** The OID of the curve, which the older form of EC keys holds in element [0]. */
  private static byte[] curveOf(byte[] sec1) throws InvalidKeySpecException {
    for (int i = 2; i + 3 < sec1.length; i++) {
      if ((sec1[i] & 0xff) == 0xa0 && sec1[i + 2] == 0x06) {
        int length = 2 + sec1[i + 3];
        if (sec1[i + 1] == length && i + 2 + length <= sec1.length) {
          byte[] oid = new byte[length];
          System.arraycopy(sec1, i + 2, oid, 0, length);
          return oid;
        }
      }
    }
    throw new InvalidKeySpecException("EC private key does not name its curve");
  }

  private static byte[] der(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 6);
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else if (content.length < 0x100) {
      out.write(0x81);
      out.write(content.length);
    } else {
      out.write(0x82);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static List<Section> sections(String pem) {
    List<Section> sections = new ArrayList<>();
    int from = pem.indexOf(BEGIN);
    while (from >= 0) {
      int labelEnd = pem.indexOf(DASHES, from + BEGIN.length());
      if (labelEnd < 0) {
        break;
      }
      String label = pem.substring(from + BEGIN.length(), labelEnd);
      int end = pem.indexOf("-----END " + label, labelEnd);
      if (end < 0) {
        break;
      }
      String base64 = pem.substring(labelEnd + DASHES.length(), end);
      sections.add(
          new Section(
              label, Base64.getMimeDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII))));
      from = pem.indexOf(BEGIN, end);
    }
    return sections;
  }
}
