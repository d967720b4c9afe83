package com.clarifai.databricks.app;

import com.clarifai.databricks.json.JsonText;
import com.fasterxml.jackson.core.JsonProcessingException;

/** A setting that is JSON, whose braces Camel would take for those of placeholders: objects in objects, references to secrets. */
final class JsonBraces {

    private JsonBraces() {}

    /** The same JSON without two braces beside each other; what is none is left as it is. */
    static String apart(String json) {
        try {
            // what is left of them stands in texts, where a brace has another form as well
            return JsonText.tree(json)
                    .toPrettyString()
                    .replace("{{", "\\u007b\\u007b")
                    .replace("}}", "\\u007d\\u007d");
        } catch (JsonProcessingException e) {
            return json;
        }
    }
}
