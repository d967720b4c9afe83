package com.clarifai.databricks.flow.source;

import com.clarifai.databricks.component.databricks.DatabricksConstants;
import com.clarifai.databricks.csv.CsvOptions;
import com.clarifai.databricks.csv.CsvReader;
import com.clarifai.databricks.csv.DialectOptions;
import com.clarifai.databricks.csv.UnpackLimits;
import com.clarifai.databricks.model.UnreadableSourceException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.util.IOHelper;
import software.amazon.awssdk.http.Abortable;

/** Opens CSV files, as the parameters of the run say that they are written. */
public final class CsvFormat {

    private int maxRowBytes = 1_000_000;
    private long maxUnpackedBytes = UnpackLimits.DEFAULT.maxBytes();
    private int maxUnpackRatio = UnpackLimits.DEFAULT.maxRatio();

    public void setMaxRowBytes(int maxRowBytes) {
        this.maxRowBytes = maxRowBytes;
    }

    public void setMaxUnpackedBytes(long maxUnpackedBytes) {
        this.maxUnpackedBytes = maxUnpackedBytes;
    }

    public void setMaxUnpackRatio(int maxUnpackRatio) {
        this.maxUnpackRatio = maxUnpackRatio;
    }

    /**
     * @param lengthInVolume how many bytes the file has by what the volume says; null when it does not
     * @param lengthOnS3 the same of a file on S3
     * @return closed with the exchange, and with it the file
     * @throws UnreadableSourceException when it is no CSV file
     * @throws IllegalArgumentException naming the parameter that cannot be
     */
    public CsvReader open(
            Exchange exchange,
            @Body InputStream file,
            @Variable("file") CsvFile source,
            @Header(DatabricksConstants.CONTENT_LENGTH) Long lengthInVolume,
            @Header(AWS2S3Constants.CONTENT_LENGTH) Long lengthOnS3,
            @Header("charset") String charset,
            @Header("delimiter") String delimiter,
            @Header("quote") String quote,
            @Header("escape") String escape)
            throws IOException {
        Long length = source.isLocal() ? Long.valueOf(source.size()) : source.isOnS3() ? lengthOnS3 : lengthInVolume;
        CsvReader csv = CsvReader.open(
                file,
                new CsvOptions(
                        source.uri(),
                        length == null ? -1 : length,
                        maxRowBytes,
                        new UnpackLimits(maxUnpackedBytes, maxUnpackRatio),
                        DialectOptions.of(charset, delimiter, quote, escape)));
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                if (file instanceof Abortable download) {
                    // else the rest of the object would be read to its end
                    download.abort();
                }
                IOHelper.close(csv);
            }
        });
        return csv;
    }
}
