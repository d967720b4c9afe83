package com.clarifai.databricks.console;

import com.clarifai.databricks.model.ImageFormat;
import com.clarifai.databricks.model.InputColumns;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** The picture of an input, for a page to show. */
public final class InputImage {

    /** The batch of one row to look up. */
    public List<Map<String, Object>> row(@Header("input") String input) {
        if (input == null) {
            throw ApiException.invalidFields(Map.of("input", "the id of an input"));
        }
        Map<String, Object> row = new HashMap<>();
        row.put(InputColumns.INPUT_ID, input);
        return List.of(row);
    }

    /** The body is that row after the look-up. @throws ApiException 404 when there is no such input */
    public Map<String, Object> found(@Body List<Map<String, Object>> rows) {
        Map<String, Object> row = rows.get(0);
        if (row.get(InputColumns.IMAGE_URL) == null && row.get(InputColumns.HOSTED_URL) == null) {
            throw new ApiException(404, "there is no such image");
        }
        return row;
    }

    /** The body is the image. Its type is what its bytes say, nothing that was claimed of it. */
    public void type(Exchange exchange, @Body byte[] bytes) {
        String format = ImageFormat.of(bytes)
                .orElseThrow(() -> new ApiException(404, "this is not an image"))
                .name()
                .toLowerCase(Locale.ROOT);
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "image/" + format);
        exchange.getMessage().setHeader("Cache-Control", "private, max-age=600");
    }
}
