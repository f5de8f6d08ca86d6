package io.narthex.web.api.v1;

import io.narthex.http.server.Exchange;
import io.narthex.http.server.ResponseStream;
import io.narthex.web.json.JsonWriter;
import java.io.IOException;
import java.util.List;

/** Writes answers and errors as the API's clients expect them. */
final class Envelope {
  private static final String JSON = "application/json";

  private Envelope() {}

  static void write(Exchange exchange, Answer answer) throws IOException {
    byte[] buffer = exchange.takeBuffer();
    try {
      ResponseStream out = exchange.output(JSON);
      JsonWriter json = new JsonWriter(out, buffer);
      json.beginObject().name("status").text("success").name("data");
      answer.data().write(json);
      texts(json, "warnings", answer.warnings());
      texts(json, "infos", answer.infos());
      json.endObject();
      out.finish(buffer, 0, json.buffered());
    } finally {
      exchange.giveBuffer(buffer);
    }
  }

  static void writeError(Exchange exchange, ErrorType type, String message) throws IOException {
    byte[] buffer = exchange.takeBuffer();
    try {
      exchange.status(type.status());
      ResponseStream out = exchange.output(JSON);
      JsonWriter json = new JsonWriter(out, buffer);
      json.beginObject();
      json.name("status")
          .text("error")
          .name("errorType")
          .text(type.word())
          .name("error")
          .text(message);
      json.endObject();
      out.finish(buffer, 0, json.buffered());
    } finally {
      exchange.giveBuffer(buffer);
    }
  }

  private static void texts(JsonWriter json, String name, List<String> texts) throws IOException {
    if (!texts.isEmpty()) {
      json.name(name).beginArray();
      for (String text : texts) {
        json.text(text);
      }
      json.endArray();
    }
  }
}
