package com.clarifai.databricks.flow.source;

import com.clarifai.databricks.csv.CsvReader;
import com.clarifai.databricks.csv.CsvRecord;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.mapping.ConceptIds;
import com.clarifai.databricks.mapping.ImportColumn;
import com.clarifai.databricks.mapping.ImportColumns;
import com.clarifai.databricks.mapping.ImportRowMapper;
import com.clarifai.databricks.model.IncompleteSourceException;
import com.clarifai.databricks.model.ParameterName;
import com.google.common.collect.AbstractIterator;
import com.google.common.collect.Iterators;
import com.google.common.collect.PeekingIterator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/**
 * Turns the records of a CSV file, or the rows of a table, into rows of the inputs table, one at a time. A row that
 * cannot be imported is among them, rejected, and so is each line that could not even be read.
 */
public final class ImportRows {

    /**
     * The source URI of a row is that of the file with {@code #line=<n>}, the line that the row starts in. Where the file
     * cannot be read to its end, the last row says so: it is rejected, and has the URI of the file.
     *
     * @param file says what its rows are called by
     * @param columns for files whose columns are called otherwise: {@code inputid=id,input=url}
     * @param conceptIds {@code label} or {@code id-label}
     * @throws com.clarifai.databricks.model.UnreadableSourceException when a column is missing or there twice
     */
    public Iterator<Map<String, Object>> ofCsv(
            @Variable("csv") CsvReader csv,
            @Variable(Run.VARIABLE) Run run,
            @Variable("file") CsvFile file,
            @Header("columns") String columns,
            @Header("conceptIds") String conceptIds) {
        String source = file.uri();
        List<String> header = names(csv.header());
        Map<String, String> folders = taken(PartitionColumns.of(source), header, columns);
        ImportColumns found = columns(header, folders, columns);
        ImportRowMapper mapper = mapper(found, run, conceptIds);
        return new CsvRows(csv, run, source, header, folders, found, mapper);
    }

    private static ImportColumns columns(List<String> header, Map<String, String> folders, String columns) {
        return ImportColumns.of(with(header, folders), columns);
    }

    /** The one row that stands for a file that cannot be read. */
    static Map<String, Object> refusedFile(String uri, String reason) {
        return ImportRowMapper.rejectSource(uri, "the file cannot be read: " + reason);
    }

    /**
     * A row of a table.
     *
     * @param columns by their names in the table; the same for all rows
     * @param problem why it cannot be imported, or null
     */
    record TableRow(Map<String, Object> columns, String problem) {}

    /**
     * The source URI of a row is that of the table with {@code #inputid=<id>}, or without an id {@code #input=<url>}.
     *
     * @param rows as {@code jdbc:} gives them with {@code outputType=StreamList}
     * @param source URI or name of the table
     * @param columns for tables whose columns are called otherwise: {@code inputid=id,input=url}
     * @param conceptIds {@code label} or {@code id-label}
     * @throws com.clarifai.databricks.model.UnreadableSourceException when a column is missing
     */
    public Iterator<Map<String, Object>> ofTable(
            @Body Iterator<Map<String, Object>> rows,
            @Variable(Run.VARIABLE) Run run,
            @Header("source") String source,
            @Header("columns") String columns,
            @Header("conceptIds") String conceptIds) {
        PeekingIterator<Map<String, Object>> table = Iterators.peekingIterator(rows);
        if (table.hasNext()) {
            noteUnknown(ImportColumns.of(table.peek().keySet(), columns), run, source);
        }
        return ofRows(Iterators.transform(table, row -> new TableRow(row, null)), run, source, columns, conceptIds);
    }

    Iterator<Map<String, Object>> ofRows(
            Iterator<TableRow> rows, Run run, String source, String columns, String conceptIds) {
        PeekingIterator<TableRow> table = Iterators.peekingIterator(rows);
        if (!table.hasNext()) {
            return Collections.emptyIterator();
        }
        ImportColumns found = ImportColumns.of(table.peek().columns().keySet(), columns);
        ImportRowMapper mapper = mapper(found, run, conceptIds);
        return Iterators.transform(table, row -> {
            String uri = source + '#' + key(found, row.columns());
            return row.problem() == null
                    ? mapper.map(row.columns(), uri)
                    : mapper.reject(row.columns(), uri, row.problem());
        });
    }

    private static String key(ImportColumns columns, Map<String, Object> row) {
        Object id = columns.value(ImportColumn.INPUTID, row);
        return id != null && !id.toString().isBlank()
                ? "inputid=" + id
                : "input=" + columns.value(ImportColumn.INPUT, row);
    }

    private static ImportRowMapper mapper(ImportColumns columns, Run run, String conceptIds) {
        return new ImportRowMapper(columns, ConceptIds.of(conceptIds), run.notes()::warn);
    }

    /** A column that is called otherwise by mistake is not to be overlooked. */
    static void noteUnknown(ImportColumns columns, Run run, String source) {
        if (!columns.unknown().isEmpty()) {
            run.notes().warn("columns that an import does not take (" + columns.unknown() + ")", source);
        }
    }

    /** Of the columns in the names of the folders those that an import takes; one that is in the file, too, stands there. */
    private static Map<String, String> taken(Map<String, String> folders, List<String> header, String columns) {
        Map<String, String> taken = new LinkedHashMap<>(folders);
        taken.keySet().removeIf(name -> isIn(header, name));
        if (!taken.isEmpty()) {
            Collection<String> names =
                    ImportColumns.of(with(header, taken), columns).names();
            taken.keySet().retainAll(names);
        }
        return taken;
    }

    private static List<String> with(List<String> header, Map<String, String> folders) {
        List<String> all = new ArrayList<>(header);
        all.addAll(folders.keySet());
        return all;
    }

    /** Of a file as it would be imported, those of its folders included. */
    public static List<String> columns(CsvReader csv, CsvFile file) {
        List<String> header = names(csv.header());
        Map<String, String> folders = PartitionColumns.of(file.uri());
        folders.keySet().removeIf(name -> isIn(header, name));
        return with(header, folders);
    }

    private static boolean isIn(List<String> header, String name) {
        return header.stream().anyMatch(other -> other.strip().equalsIgnoreCase(name));
    }

    /** The index column that some programs write has no name. */
    private static List<String> names(List<String> header) {
        List<String> names = new ArrayList<>(header.size());
        for (String name : header) {
            names.add(name.isBlank() ? "(column " + (names.size() + 1) + ")" : name);
        }
        return names;
    }

    private static final class CsvRows extends AbstractIterator<Map<String, Object>> {

        private final CsvReader csv;
        private final Run run;
        private final String source;
        private final List<String> header;
        private final Map<String, String> folders;
        private final ImportColumns columns;
        private final ImportRowMapper mapper;
        private boolean begun;
        private boolean ended;

        CsvRows(
                CsvReader csv,
                Run run,
                String source,
                List<String> header,
                Map<String, String> folders,
                ImportColumns columns,
                ImportRowMapper mapper) {
            this.csv = csv;
            this.run = run;
            this.source = source;
            this.header = header;
            this.folders = folders;
            this.columns = columns;
            this.mapper = mapper;
        }

        @Override
        protected Map<String, Object> computeNext() {
            if (ended) {
                return endOfData();
            }
            if (!begun) {
                begun = true;
                noteUnknown(columns, run, source);
            }
            try {
                while (csv.hasNext()) {
                    CsvRecord record = csv.next();
                    if (record.isRefused()) {
                        return mapper.reject(Map.of("line", record.text()), uri(record.number()), record.problem());
                    }
                    if (!record.values().stream().allMatch(String::isBlank)) {
                        return row(record);
                    }
                }
            } catch (IncompleteSourceException e) {
                ended = true;
                run.notes().incomplete(source + " " + e.getMessage());
                run.add(Run.Count.FILES_REJECTED, 1);
                return ImportRowMapper.rejectSource(source, "rows are missing: the file " + e.getMessage());
            }
            ended = true;
            noteHowItWasRead();
            return endOfData();
        }

        private void noteHowItWasRead() {
            run.add(Run.Count.FILES, 1);
            run.notes().readAs(csv.readAs());
            csv.guessedCharset().ifPresent(charset -> run.notes()
                    .warn(
                            "the charset was guessed to be " + charset + " (if words are wrong, give it with "
                                    + ParameterName.named("charset") + ")",
                            source));
        }

        private Map<String, Object> row(CsvRecord record) {
            List<String> values = record.values();
            Map<String, String> raw = new LinkedHashMap<>();
            for (int i = 0; i < Math.min(header.size(), values.size()); i++) {
                raw.put(header.get(i), values.get(i));
            }
            List<String> extra = values.subList(raw.size(), values.size());
            raw.putAll(folders);
            if (extra.stream().allMatch(String::isBlank)) {
                return mapper.map(raw, uri(record.number()));
            }
            raw.put("(behind the last column)", String.join(",", extra));
            return mapper.reject(
                    raw,
                    uri(record.number()),
                    "the row has " + values.size() + " values and the header " + header.size()
                            + " columns: a value with a comma or another delimiter in it must be quoted");
        }

        private String uri(long line) {
            return source + "#line=" + line;
        }
    }
}
