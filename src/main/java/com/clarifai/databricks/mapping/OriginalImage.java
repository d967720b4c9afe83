package com.clarifai.databricks.mapping;

import com.clarifai.databricks.model.ImageFormat;
import com.clarifai.databricks.model.InputColumns;
import com.google.protobuf.Value;
import java.util.Map;

/**
 * What a row of the inputs table says about its original image.
 *
 * @param url where Clarifai hosts it, else where it was when it became an input; null when the row says neither
 * @param absent why it is nowhere; null when that is not known
 * @param format null when the row does not say, as long as Clarifai has not processed the image
 */
public record OriginalImage(String url, String absent, ImageFormat format) {

    public static OriginalImage of(Map<String, Object> row) {
        Object url = row.get(InputColumns.HOSTED_URL);
        if (url == null) {
            url = row.get(InputColumns.IMAGE_URL);
        }
        return new OriginalImage(
                url == null ? null : url.toString(),
                row.get(InputColumns.NOT_HOSTED) instanceof String reason ? reason : null,
                format(row.get(InputColumns.IMAGE_INFO)));
    }

    private static ImageFormat format(Object imageInfo) {
        if (imageInfo == null) {
            return null;
        }
        try {
            Value name = Structs.parse(imageInfo).getFieldsOrDefault("format", Value.getDefaultInstance());
            return ImageFormat.named(name.getStringValue()).orElse(null);
        } catch (IllegalArgumentException e) {
            // not JSON: tables of the original module hold protobuf text
            return null;
        }
    }
}
