package com.clarifai.databricks.flow;

import java.util.List;
import org.apache.camel.dataformat.csv.CsvRecordConverter;
import org.apache.commons.csv.CSVRecord;

/** Has {@code unmarshal: csv} give records with the line that they start in. */
public final class CsvLines implements CsvRecordConverter<CsvLine> {

    @Override
    public CsvLine convertRecord(CSVRecord record) {
        List<String> values = record.toList();
        // the parser is asked for one record after another, so it stands at the end of this one
        return new CsvLine(record.getParser().getCurrentLineNumber() - lineFeeds(values), values);
    }

    private static long lineFeeds(List<String> values) {
        long lineFeeds = 0;
        for (String value : values) {
            for (int i = value.indexOf('\n'); i >= 0; i = value.indexOf('\n', i + 1)) {
                lineFeeds++;
            }
        }
        return lineFeeds;
    }
}
