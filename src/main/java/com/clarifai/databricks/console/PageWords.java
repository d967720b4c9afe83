package com.clarifai.databricks.console;

import com.clarifai.databricks.model.ParameterName;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The vocabulary of the page. Messages are made for the command line and for the page alike; here options, variables of the
 * environment and settings in them become the fields that the page has for them.
 */
public final class PageWords {

    /** The labels of the fields of a connection, by their settings. */
    private static final Map<String, String> FIELDS = new LinkedHashMap<>();

    static {
        FIELDS.put("databricks.host", "Databricks Host");
        FIELDS.put("databricks.workspace-id", "Databricks Host");
        FIELDS.put("databricks.token", "Databricks Token");
        FIELDS.put("databricks.client-id", "Client id");
        FIELDS.put("databricks.client-secret", "Client secret");
        FIELDS.put("databricks.warehouse-id", "Databricks Cluster ID or SQL warehouse");
        FIELDS.put("databricks.warehouse-name", "Databricks Cluster ID or SQL warehouse");
        FIELDS.put("databricks.cluster-id", "Databricks Cluster ID or SQL warehouse");
        FIELDS.put("databricks.http-path", "Databricks Cluster ID or SQL warehouse");
        FIELDS.put("clarifai.pat", "Personal access token");
        FIELDS.put("clarifai.user-id", "User id");
        FIELDS.put("s3.access-key", "Access key");
        FIELDS.put("s3.secret-key", "Secret key");
        FIELDS.put("s3.session-token", "Session token");
        FIELDS.put("s3.region", "Region");
        FIELDS.put("s3.endpoint", "Endpoint");
    }

    private static final String OPTION = "--[a-z][a-z0-9-]*";
    private static final String VARIABLE = "(?:DATABRICKS|CLARIFAI|S3|ARM|AWS|CONSOLE|HTTPS|HTTP|NO)_[A-Z0-9_]+";
    private static final String EITHER = "(?:[a-z0-9]+\\.[a-z-]+|" + OPTION + "|" + VARIABLE + ")";

    /** How else a setting is given, behind its name. */
    private static final Pattern OTHER_WAYS = Pattern.compile(" \\(" + EITHER + "(?:(?:, | or )" + EITHER + ")*\\)");

    private static final Pattern SETTING =
            Pattern.compile("(?<![\\w./-])[a-z0-9]+\\.[a-z]+(?:-[a-z]+)*(?![\\w./-]*[\\w/])");
    private static final Pattern NAMED_OPTION = Pattern.compile("(?<![\\w-])--([a-z][a-z0-9-]*)(?:=([\\w-]+))?");
    private static final Pattern NAMED_VARIABLE = Pattern.compile("\\b" + VARIABLE + "\\b");
    private static final Pattern COMMAND = Pattern.compile(" ?\\(?'databricks-connect [^']*'\\)?(?: and)?");

    /** Several settings may be one field. */
    private static final Pattern REPEATED = Pattern.compile("("
            + FIELDS.values().stream().distinct().map(Pattern::quote).collect(Collectors.joining("|"))
            + ")(?:(?:,|, or| or| and|, and) \\1)+");

    private PageWords() {}

    /** The label of the field for a setting of the connection; null where there is none. */
    public static String field(String setting) {
        return FIELDS.get(setting);
    }

    /** A message as the page says it; null for null. */
    public static String of(String message) {
        if (message == null) {
            return null;
        }
        String told = ParameterName.written(message, PageWords::labelled);
        told = OTHER_WAYS.matcher(told).replaceAll("");
        told = COMMAND.matcher(told).replaceAll("");
        told = written(NAMED_OPTION, told, PageWords::option);
        told = written(NAMED_VARIABLE, told, PageWords::variable);
        told = written(SETTING, told, found -> FIELDS.getOrDefault(found.group(), found.group()));
        return written(REPEATED, told, found -> found.group(1));
    }

    private static String written(Pattern pattern, String text, Function<MatchResult, String> words) {
        return pattern.matcher(text).replaceAll(found -> Matcher.quoteReplacement(words.apply(found)));
    }

    private static String option(MatchResult found) {
        for (String group : new String[] {"databricks.", "clarifai."}) {
            String label = FIELDS.get(group + found.group(1));
            if (label != null) {
                return label;
            }
        }
        return labelled(found.group(1), found.group(2));
    }

    private static String variable(MatchResult found) {
        String name =
                found.group().toLowerCase(Locale.ROOT).replaceFirst("_", ".").replace('_', '-');
        return FIELDS.getOrDefault(name, "the service's configuration");
    }

    /** {@code 'Deletes' (mark)}: the label of a form's field. */
    private static String labelled(String name, String value) {
        String words = name.replace('-', ' ');
        String label = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        return "'" + label + "'" + (value == null ? "" : " (" + value + ")");
    }
}
