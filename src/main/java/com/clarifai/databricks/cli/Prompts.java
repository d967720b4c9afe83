package com.clarifai.databricks.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.List;

/** Questions to somebody at a terminal, or to what stands for one: without a terminal, answers are lines of standard input. */
final class Prompts {

    private final PrintWriter out;
    private final Console console = System.console();
    private final BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));

    Prompts(PrintWriter out) {
        this.out = out;
    }

    /** @param usual what an empty answer stands for; may be empty */
    String ask(String question, String usual) {
        out.print(question + (usual.isEmpty() ? ": " : " [" + usual + "]: "));
        out.flush();
        String answer = line().strip();
        return answer.isEmpty() ? usual : answer;
    }

    /** The same until there is an answer. */
    String require(String question, String usual) {
        String answer = ask(question, usual);
        while (answer.isEmpty()) {
            out.println("This is required");
            answer = ask(question, usual);
        }
        return answer;
    }

    /** An answer that is not seen. @param isSet whether an empty one keeps what there is */
    String secret(String question, boolean isSet) {
        out.print(question + (isSet ? " [keep]: " : ": "));
        out.flush();
        if (console == null) {
            return line().strip();
        }
        char[] typed = console.readPassword();
        return typed == null ? "" : new String(typed).strip();
    }

    /** The number of the answer that was chosen, from 0. */
    int choose(String question, List<String> answers) {
        out.println(question);
        for (int i = 0; i < answers.size(); i++) {
            out.println("  " + (i + 1) + "  " + answers.get(i));
        }
        while (true) {
            String answer = ask("Number", "1");
            if (answer.matches("\\d{1,4}")
                    && Integer.parseInt(answer) >= 1
                    && Integer.parseInt(answer) <= answers.size()) {
                return Integer.parseInt(answer) - 1;
            }
            out.println("A number from 1 to " + answers.size());
        }
    }

    private String line() {
        try {
            String line = lines.readLine();
            if (line == null) {
                throw new IllegalArgumentException("the answers have ended before the questions; nothing was kept");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
