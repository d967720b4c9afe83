package com.clarifai.databricks.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What the parser objects to, in words that need no knowledge of parsers or of Java. */
final class ParserMessages {

    private ParserMessages() {}

    /** Has values that cannot be read refused in such words. */
    static CommandLine register(CommandLine line) {
        return line.registerConverter(int.class, new WholeNumber())
                .registerConverter(Integer.class, new WholeNumber())
                .registerConverter(LocalDate.class, new Day());
    }

    /** A class with a name: Java 17 crashes when it archives lambda expressions of this type. */
    private static final class WholeNumber implements ITypeConverter<Integer> {

        @Override
        public Integer convert(String text) {
            try {
                return Integer.valueOf(text);
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + text + "' is not a whole number");
            }
        }
    }

    private static final class Day implements ITypeConverter<LocalDate> {

        @Override
        public LocalDate convert(String text) {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeParseException e) {
                throw new TypeConversionException("'" + text + "' is not a date such as 2026-01-31");
            }
        }
    }

    /** With what may have been meant, where something was mistyped: then that, and not what is missing for it. */
    static String withSuggestion(ParameterException problem) {
        List<String> unmatched = problem.getCommandLine().getUnmatchedArguments();
        return unmatched.isEmpty() ? of(problem) : unmatched(problem.getCommandLine(), unmatched.get(0));
    }

    private static String unmatched(CommandLine command, String word) {
        String kind = word.startsWith("-")
                ? "Unknown option"
                : command.getSubcommands().isEmpty() ? "Unexpected argument" : "Unknown command";
        StringWriter suggestion = new StringWriter();
        UnmatchedArgumentException.printSuggestions(
                new UnmatchedArgumentException(command, List.of(word)), new PrintWriter(suggestion));
        String meant = suggestion.toString().strip();
        return kind + ": '" + word + "'" + (meant.isEmpty() ? "" : ". " + meant);
    }

    static String of(ParameterException problem) {
        return problem.getMessage()
                .replaceAll("positional parameter at index \\S+ \\((\\w+)\\)", "$1")
                .replace(" (case-insensitive)", "");
    }
}
