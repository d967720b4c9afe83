package com.clarifai.databricks.flow;

import com.clarifai.databricks.component.databricks.DatabricksConstants;
import com.clarifai.databricks.databricks.VolumeFile;
import com.clarifai.databricks.flow.Run.Count;
import com.clarifai.databricks.model.InputColumns;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records what becomes of images, in the counts of the run and in their rows. The routes call it by name. */
public final class ImageTally {

    private static final Logger LOG = LoggerFactory.getLogger(ImageTally.class);

    /** The flow exports images: the summary is to say how many, be it none. */
    public void images(@Variable("run") Run run) {
        run.report(Count.IMAGES, Count.IMAGES_EXISTING, Count.IMAGES_FAILED);
    }

    public void written(
            @Variable("run") Run run,
            @ExchangeProperty("row") Map<String, Object> row,
            @Header(DatabricksConstants.PATH) String path) {
        row.put(InputColumns.IMAGE_PATH, path);
        run.add(Count.IMAGES, 1);
    }

    /** In a dry run. The body is the file that is there already; null when there is none. */
    public void wouldWrite(@Variable("run") Run run, @Body VolumeFile file) {
        run.add(file == null ? Count.IMAGES : Count.IMAGES_EXISTING, 1);
    }

    public void existing(
            @Variable("run") Run run,
            @ExchangeProperty("row") Map<String, Object> row,
            @Header(DatabricksConstants.PATH) String path) {
        row.put(InputColumns.IMAGE_PATH, path);
        run.add(Count.IMAGES_EXISTING, 1);
    }

    public void failed(
            @Variable("run") Run run,
            @ExchangeProperty("row") Map<String, Object> row,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        failed(run, row, failure.getMessage());
    }

    /** The body is the file that stands where the image was to be written, and is not known for one of ours. */
    public void inTheWay(
            @Variable("run") Run run,
            @ExchangeProperty("row") Map<String, Object> row,
            @ExchangeProperty("size") long size,
            @Header(DatabricksConstants.PATH) String path,
            @Body VolumeFile file) {
        Long unchanged = ImageFiles.unchangedSize(row, file);
        if (unchanged != null && unchanged == size) {
            existing(run, row, path);
        } else {
            failed(
                    run,
                    row,
                    path
                            + " is another file, which no row of the inputs table names: it is kept; choose another folder,"
                            + " move it away, or insist with the parameter force");
        }
    }

    private static void failed(Run run, Map<String, Object> row, String reason) {
        row.remove(InputColumns.IMAGE_PATH);
        row.put(InputColumns.IMAGE_ERROR, reason);
        run.add(Count.IMAGES_FAILED, 1);
        // ids are others' text, and a line break in one would forge a line of the log
        String id = String.valueOf(row.get(InputColumns.INPUT_ID)).replaceAll("\\p{Cntrl}", "?");
        LOG.warn("The image of input {} was not exported: {}", id, reason);
    }
}
