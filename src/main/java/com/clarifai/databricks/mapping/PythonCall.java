package com.clarifai.databricks.mapping;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a call that Python's {@code repr} prints stands for: {@code array(['cat'], dtype=object)} for its list,
 * {@code np.float64(0.5)} for the number, {@code Row(id='cat')} for a dict, {@code datetime.date(2024, 5, 1)} for the
 * text {@code 2024-05-01}. A module before the name is not looked at.
 */
final class PythonCall {

    private static final Set<String> COLLECTIONS =
            Set.of("array", "list", "tuple", "set", "frozenset", "deque", "Index", "tensor");
    private static final Set<String> DICTS = Set.of("dict", "OrderedDict", "defaultdict", "Counter", "Row");
    private static final Set<String> NUMBERS = Set.of(
            "float16",
            "float32",
            "float64",
            "int8",
            "int16",
            "int32",
            "int64",
            "uint8",
            "uint16",
            "uint32",
            "uint64",
            "longlong",
            "bool",
            "bool_");
    private static final Set<String> TEXTS = Set.of(
            "str_", "UUID", "ObjectId", "Timestamp", "datetime64", "PosixPath", "PurePosixPath", "WindowsPath", "Path");
    private static final Set<String> TYPES = Set.of("object", "float", "int", "str", "string", "category");
    private static final String UTC = "utc";
    private static final int DATE_PARTS = 3;
    private static final int DATETIME_PARTS = 7;
    private static final int NANOS_OF_MICRO = 1_000;

    /** The name of a type or a time zone where a value could stand. */
    record TypeName(String name) {}

    private PythonCall() {}

    static boolean isTypeName(String word) {
        String name = lastName(word);
        return word.startsWith("<") || TYPES.contains(name) || NUMBERS.contains(name) || name.equals(UTC);
    }

    /**
     * @param arguments literals, or a {@link TypeName}
     * @throws RefusedValueException when it is none that is known
     */
    static Object value(String name, List<Object> arguments, Map<String, Object> named) {
        String called = lastName(name);
        int count = arguments.size();
        Object last = count == 0 ? null : arguments.get(count - 1);
        if (last instanceof TypeName && !called.equals("defaultdict")) {
            throw unknown(name);
        }
        if (COLLECTIONS.contains(called) && count <= 1) {
            return last instanceof Map<?, ?> map ? List.copyOf(map.keySet()) : count == 0 ? List.of() : last;
        }
        if (DICTS.contains(called) && count <= (called.equals("defaultdict") ? 2 : 1)) {
            return dict(name, last instanceof TypeName ? null : last, named);
        }
        if (count == 1 && NUMBERS.contains(called) && (last instanceof Number || last instanceof Boolean)) {
            return last;
        }
        if (count == 1 && last instanceof String text) {
            if (TEXTS.contains(called)) {
                return text;
            }
            if (called.equals("Decimal")) {
                return decimal(text);
            }
        }
        if (called.equals("datetime") || called.equals("date")) {
            return time(name, arguments, named);
        }
        throw unknown(name);
    }

    private static Map<String, Object> dict(String name, Object argument, Map<String, Object> named) {
        Map<String, Object> dict = new LinkedHashMap<>();
        if (argument instanceof Map<?, ?> map) {
            map.forEach((key, value) -> dict.put(String.valueOf(key), value));
        } else if (argument instanceof List<?> pairs) {
            for (Object pair : pairs) {
                if (!(pair instanceof List<?> entry) || entry.size() != 2) {
                    throw unknown(name);
                }
                dict.put(String.valueOf(entry.get(0)), entry.get(1));
            }
        } else if (argument != null) {
            throw unknown(name);
        }
        dict.putAll(named);
        if (dict.values().stream().anyMatch(TypeName.class::isInstance)) {
            throw unknown(name);
        }
        return dict;
    }

    private static Number decimal(String text) {
        if (Decimals.isDecimal(text)) {
            return Decimals.exact(text);
        }
        if (text.equals("NaN")) {
            return Double.NaN;
        }
        throw new RefusedValueException("no number", text);
    }

    private static String time(String name, List<Object> arguments, Map<String, Object> named) {
        int[] parts = new int[DATETIME_PARTS];
        int count = arguments.size();
        boolean utc = named.get("tzinfo") instanceof TypeName zone
                && lastName(zone.name()).equals(UTC);
        if (count < DATE_PARTS || count > DATETIME_PARTS || named.size() > (utc ? 1 : 0)) {
            throw unknown(name);
        }
        for (int i = 0; i < count; i++) {
            if (!(arguments.get(i) instanceof Long part) || part != part.intValue()) {
                throw unknown(name);
            }
            parts[i] = part.intValue();
        }
        try {
            if (lastName(name).equals("date")) {
                return LocalDate.of(parts[0], parts[1], parts[2]).toString();
            }
            LocalDateTime time = LocalDateTime.of(
                    parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6] * NANOS_OF_MICRO);
            return utc ? time.atOffset(ZoneOffset.UTC).toString() : time.toString();
        } catch (DateTimeException e) {
            throw new RefusedValueException("no such time: " + arguments);
        }
    }

    private static String lastName(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static RefusedValueException unknown(String name) {
        return new RefusedValueException(name + "(…) is not a kind of data that is known");
    }
}
