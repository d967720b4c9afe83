package com.clarifai.databricks.sandbox.sql;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.LocalScan;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownFilters;
import org.apache.spark.sql.sources.EqualTo;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A table that is worked out when it is read.
 *
 * @param rows takes what the reader asks of single columns, by their names: rows that are otherwise may be left out
 */
record InformationTable(String name, StructType schema, Function<Map<String, Object>, List<Object[]>> rows)
        implements Table, SupportsRead {

    @Override
    public Set<TableCapability> capabilities() {
        return Set.of(TableCapability.BATCH_READ);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
        return new Builder();
    }

    private InternalRow[] read(Map<String, Object> asked) {
        var convert = CatalystTypeConverters.createToCatalystConverter(schema);
        return rows.apply(asked).stream()
                .map(RowFactory::create)
                .map((Row row) -> (InternalRow) convert.apply(row))
                .toArray(InternalRow[]::new);
    }

    private final class Builder implements SupportsPushDownFilters {

        private final Map<String, Object> asked = new HashMap<>();

        /** All of them are for Spark to judge again. */
        @Override
        public Filter[] pushFilters(Filter[] filters) {
            Arrays.stream(filters)
                    .filter(EqualTo.class::isInstance)
                    .map(EqualTo.class::cast)
                    .forEach(filter -> asked.put(filter.attribute(), filter.value()));
            return filters;
        }

        @Override
        public Filter[] pushedFilters() {
            return new Filter[0];
        }

        @Override
        public Scan build() {
            return new LocalScan() {
                @Override
                public InternalRow[] rows() {
                    return read(asked);
                }

                @Override
                public StructType readSchema() {
                    return schema;
                }
            };
        }
    }
}
