package com.clarifai.databricks.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code --volume /Volumes/main/default/photos/cats}, a path as Databricks copies it, as the options that it stands for:
 * {@code --catalog main --schema default --volume photos --path cats}.
 */
class VolumePathOption implements IParameterPreprocessor {

    private static final String VOLUMES = "/Volumes/";

    @Override
    @SuppressWarnings("JdkObsolete") // the parser's
    public boolean preprocess(Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> info) {
        String value = words.isEmpty() ? "" : words.peek().replaceFirst("^dbfs:(?=/Volumes/)", "");
        String[] names =
                value.startsWith(VOLUMES) ? value.substring(VOLUMES.length()).split("/", 4) : new String[0];
        if (value.startsWith(VOLUMES) && (names.length < 3 || names[2].isEmpty())) {
            throw WrongOption.of(
                    command, "--volume", "--volume: '" + value + "' is not /Volumes/<catalog>/<schema>/<volume>");
        }
        if (names.length < 3) {
            return false;
        }
        words.pop();
        Map<String, String> parts = new LinkedHashMap<>(parents(names[0], names[1]));
        if (names.length > 3 && !names[3].isEmpty() && command.findOption("--path") != null) {
            parts.put("--path", names[3]);
        }
        parts.forEach((name, part) -> {
            OptionSpec other = command.findOption(name);
            String given = given(words, other);
            if (given == null) {
                words.push(name + "=" + part);
            } else if (!given.equals(part)) {
                throw WrongOption.of(
                        command,
                        name,
                        "--volume '" + value + "' says " + name + " " + part + " already: leave out " + name + " "
                                + given);
            }
        });
        words.push(name(names[0], names[1], names[2]));
        return false;
    }

    /** The options that catalog and schema go into. */
    Map<String, String> parents(String catalog, String schema) {
        Map<String, String> parents = new LinkedHashMap<>();
        parents.put("--catalog", catalog);
        parents.put("--schema", schema);
        return parents;
    }

    /** What is left for the option itself. */
    String name(String catalog, String schema, String volume) {
        return volume;
    }

    /** Where {@code --catalog} and {@code --schema} are those of tables: the volume's go into its name. */
    static final class OfImages extends VolumePathOption {

        @Override
        Map<String, String> parents(String catalog, String schema) {
            return Map.of();
        }

        @Override
        String name(String catalog, String schema, String volume) {
            return catalog + "." + schema + "." + volume;
        }
    }

    /** What another option has been given, before this one or behind it; null when it is not. */
    private static String given(Stack<String> words, OptionSpec option) {
        if (option.getValue() != null && !option.getValue().toString().isEmpty()) {
            return option.getValue().toString();
        }
        String name = option.longestName();
        for (int i = words.size() - 1; i >= 0; i--) {
            if (words.get(i).startsWith(name + "=")) {
                return words.get(i).substring(name.length() + 1);
            }
            if (words.get(i).equals(name) && i > 0) {
                return words.get(i - 1);
            }
        }
        return null;
    }
}
