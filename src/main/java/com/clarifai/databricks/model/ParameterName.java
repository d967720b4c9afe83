package com.clarifai.databricks.model;

import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parameters of flows in messages. A message is shown on the command line, on the page and in the log of a schedule, and
 * each has its own way to write a parameter: so it names them as {@code parameter 'deletes'}, which everybody
 * understands, and command line and page put their own form in its place.
 */
public final class ParameterName {

    private static final Pattern NAMED = Pattern.compile("(?:the )?parameter '([a-z]+(?:-[a-z]+)*)(?:=([^']*))?'");

    private ParameterName() {}

    /** @param name as in a schedule: {@code label-from-folder} */
    public static String named(String name) {
        return "parameter '" + name + "'";
    }

    /** The parameter with a value. */
    public static String named(String name, Object value) {
        return "parameter '" + name + "=" + value + "'";
    }

    /**
     * The message with the parameters in it written in another way.
     *
     * @param form of a name and a value; the value is null where there is none
     */
    public static String written(String message, BinaryOperator<String> form) {
        return NAMED.matcher(message)
                .replaceAll(found -> Matcher.quoteReplacement(form.apply(found.group(1), found.group(2))));
    }
}
