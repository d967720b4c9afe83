package com.clarifai.databricks.cli;

import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What a command says about an option or parameter that it cannot use. */
final class WrongOption {

    private WrongOption() {}

    /**
     * @param name the option with its hyphens, or the label of the parameter
     * @return an exception that has the option, so that a form can show the message at its field
     */
    static ParameterException of(CommandSpec spec, String name, String message) {
        return of(spec, name, message, null);
    }

    /** @param cause may be null */
    static ParameterException of(CommandSpec spec, String name, String message, Throwable cause) {
        return new ParameterException(spec.commandLine(), message, cause, argument(spec, name), null);
    }

    private static ArgSpec argument(CommandSpec spec, String name) {
        return Stream.concat(
                        Stream.ofNullable(spec.findOption(name)),
                        spec.positionalParameters().stream()
                                .filter(parameter -> parameter.paramLabel().equals(name)))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(spec.qualifiedName() + " has no " + name));
    }
}
