package com.clarifai.databricks.console;

import com.clarifai.databricks.model.AnnotationColumns;
import com.clarifai.databricks.model.InputColumns;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Header;

/** What is labelled in the picture of an input, for a page to draw. */
public final class InputLabels {

    /** More cannot be told apart in a picture. */
    private static final int MOST = 500;
    /** Of all masks together. */
    private static final int MOST_MASK_CHARACTERS = 8 << 20;

    /**
     * @param annotations of one input
     * @return {@code regions}, each with its shape in fractions of the picture and its {@code concepts}, the {@code concepts}
     *     of the whole picture, and whether there are {@code more}
     */
    @SuppressWarnings("unchecked")
    public Map<String, Object> of(@Body Iterator<Map<String, Object>> annotations) {
        List<Object> regions = new ArrayList<>();
        List<Object> concepts = new ArrayList<>();
        boolean more = false;
        int masks = 0;
        while (annotations.hasNext() && !more) {
            Map<String, Object> annotation = annotations.next();
            if (annotation.get(AnnotationColumns.CONCEPTS) instanceof List<?> ofPicture) {
                concepts.addAll(ofPicture);
            }
            for (Map<String, Object> region : (List<Map<String, Object>>) annotation.get(AnnotationColumns.REGIONS)) {
                masks += region.get("mask") instanceof String mask ? mask.length() : 0;
                more = regions.size() >= MOST || masks > MOST_MASK_CHARACTERS;
                if (!more) {
                    regions.add(region);
                }
            }
        }
        Map<String, Object> labels = new LinkedHashMap<>();
        labels.put("concepts", concepts);
        labels.put("regions", regions);
        labels.put("more", more);
        return labels;
    }

    /** The batch of one input whose annotations are to be listed. */
    public List<Map<String, Object>> input(@Header("input") String input) {
        if (input == null) {
            throw ApiException.invalidFields(Map.of("input", "the id of an input"));
        }
        return List.of(Map.of(InputColumns.INPUT_ID, input));
    }
}
