package com.clarifai.databricks.sandbox.clarifai;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;

/**
 * A sorted map of the store whose keys are paths ({@code app/id}). The tree counts its keys, so that a page far down
 * costs no more than the first one.
 */
final class Index {

    private final MVMap<String, byte[]> map;

    Index(MVMap<String, byte[]> map) {
        this.map = map;
    }

    static String key(String... parts) {
        return String.join("/", parts);
    }

    /** A number as a key part: sorts as the number does. */
    static String number(long value) {
        return String.format("%016x", value);
    }

    Optional<byte[]> get(String key) {
        return Optional.ofNullable(map.get(key));
    }

    Optional<String> text(String key) {
        return get(key).map(Index::text);
    }

    boolean contains(String key) {
        return map.containsKey(key);
    }

    void put(String key, byte[] value) {
        map.put(key, value);
    }

    void put(String key, String value) {
        map.put(key, value.getBytes(StandardCharsets.UTF_8));
    }

    void remove(String key) {
        map.remove(key);
    }

    static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }

    /** Number of keys below a folder. */
    long count(String folder) {
        return rank(end(folder)) - rank(start(folder));
    }

    /** The entries below a folder, last key first. */
    Stream<Map.Entry<String, byte[]>> descending(String folder, long offset) {
        long first = rank(end(folder)) - 1 - offset;
        return first < rank(start(folder))
                ? Stream.empty()
                : entries(map.cursor(map.getKey(first), start(folder), true));
    }

    /** The entries below a folder, first key first. */
    Stream<Map.Entry<String, byte[]>> ascending(String folder) {
        return after(start(folder), folder);
    }

    /** The entries below a folder whose key is greater than the given one. */
    Stream<Map.Entry<String, byte[]>> after(String key, String folder) {
        String from = map.higherKey(key);
        return from == null || from.compareTo(end(folder)) >= 0
                ? Stream.empty()
                : entries(map.cursor(from)).takeWhile(entry -> entry.getKey().compareTo(end(folder)) < 0);
    }

    /** The entries below a folder whose key is smaller than the given one, greatest first. */
    Stream<Map.Entry<String, byte[]>> before(String key, String folder) {
        String from = map.lowerKey(key);
        return from == null || from.compareTo(start(folder)) < 0
                ? Stream.empty()
                : entries(map.cursor(from, start(folder), true));
    }

    /** The folders right above the keys below a folder: {@code app/a} and {@code app/b} for {@code app/a/1, app/b/1}. */
    List<String> folders(String folder) {
        List<String> folders = new ArrayList<>();
        String key = map.higherKey(start(folder));
        while (key != null && key.compareTo(end(folder)) < 0) {
            String found = key.substring(0, key.lastIndexOf('/'));
            folders.add(found);
            key = map.ceilingKey(end(found));
        }
        return folders;
    }

    /** Number of keys below a folder that are not smaller than the given one. */
    long countFrom(String key, String folder) {
        return rank(end(folder)) - rank(key);
    }

    Stream<Map.Entry<String, byte[]>> entries() {
        return entries(map.cursor(null));
    }

    /** The values of one page, last key first. */
    List<String> texts(String folder, Page page) {
        return descending(folder, page.offset())
                .limit(page.size())
                .map(entry -> text(entry.getValue()))
                .toList();
    }

    void removeAll(String folder) {
        List<String> keys = new ArrayList<>();
        ascending(folder).forEach(entry -> keys.add(entry.getKey()));
        keys.forEach(map::remove);
    }

    private static String start(String folder) {
        return folder + "/";
    }

    private static String end(String folder) {
        return folder + (char) ('/' + 1);
    }

    private long rank(String key) {
        long index = map.getKeyIndex(key);
        return index < 0 ? -index - 1 : index;
    }

    private static Stream<Map.Entry<String, byte[]>> entries(Cursor<String, byte[]> cursor) {
        Iterator<Map.Entry<String, byte[]>> entries = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return cursor.hasNext();
            }

            @Override
            public Map.Entry<String, byte[]> next() {
                String key = cursor.next();
                return Map.entry(key, cursor.getValue());
            }
        };
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(entries, Spliterator.ORDERED), false);
    }
}
