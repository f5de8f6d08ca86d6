package io.narthex.tool;

import io.narthex.cli.CommandParser;
import io.narthex.cli.CommandValues;
import io.narthex.cli.UsageException;
import io.narthex.storage.StorageException;
import io.narthex.tool.script.ScriptFiles;
import io.narthex.tool.script.ScriptTest;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Runs one command: exit code 0 where it is done, 1 and one line of why where it is not. */
public final class Main {
  private static final int FAILED = 1;

  private Main() {}

  /** The first argument names the component; the rest is the command. */
  public static void main(String... args) {
    // The parts log for servers; what a tool has to say are its results and its errors.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    String[] rest =
        args.length > 0 && args[0].equals("tool") ? Arrays.copyOfRange(args, 1, args.length) : args;
    int code;
    try (Unwinding _ = Unwinding.start()) {
      // A channel, for only that can be interrupted while nobody takes the output.
      OutputStream out =
          Channels.newOutputStream(new FileOutputStream(FileDescriptor.out).getChannel());
      code = run(out, new PrintStream(System.err, true, StandardCharsets.UTF_8), rest);
    }
    // Threads of databases that could not be closed must not keep the process.
    System.exit(code);
  }

  /** Runs a command and returns its exit code. */
  public static int run(OutputStream out, PrintStream err, String... args) {
    CommandParser parser = new CommandParser(Commands.ALL);
    try (Output output = new Output(out)) {
      if (args.length == 1 && args[0].equals("--version")) {
        output.line("narthex tool (answers as promtool 3.14.0)");
        return 0;
      }
      Optional<String> help = parser.help(args);
      if (help.isPresent()) {
        output.text(help.get());
        return 0;
      }
      CommandValues command = parser.parse(args);
      return run(command, output, err);
    } catch (UsageException e) {
      err.println("narthex: error: " + e.getMessage() + ", try --help");
    } catch (OutputException e) {
      if (!e.readerIsGone()) {
        complain(e.getMessage(), err);
      }
    } catch (ToolException | StorageException e) {
      complain(e.getMessage(), err);
    } catch (UncheckedIOException e) {
      complain(e.getCause().getMessage(), err);
    } catch (OutOfMemoryError e) {
      err.println("out of memory; more is given by NARTHEX_JVM_ARGS=-Xmx…");
    }
    return FAILED;
  }

  /** Says why a command failed; who has interrupted it knows. */
  private static void complain(String message, PrintStream err) {
    if (!Thread.currentThread().isInterrupted()) {
      err.println(message);
    }
  }

  private static int run(CommandValues command, Output out, PrintStream err) {
    switch (command.path().getFirst()) {
      case "test" -> {
        return new ScriptTest(ScriptFiles.find(command.arguments()), out, err, progress(err)).run();
      }
      case "query" -> QueryCommands.run(command, out, err);
      case "promql" -> PromqlCommands.run(command, out, err);
      default -> {
        return TsdbCommands.run(command, out, err);
      }
    }
    return 0;
  }

  /** Of commands that print nothing while they work. */
  static Progress progress(PrintStream err) {
    boolean terminal = Boolean.getBoolean("narthex.terminal");
    return new Progress(err, terminal ? Progress.Place.TERMINAL : Progress.Place.LOG);
  }

  /** Of commands that print while they work: both on one terminal would be a mess. */
  static Progress progressBesideOutput(PrintStream err) {
    return Boolean.getBoolean("narthex.terminal.output")
        ? new Progress(err, Progress.Place.NOWHERE)
        : progress(err);
  }
}
