package com.clarifai.databricks.console;

import java.util.LinkedHashMap;

/** The fields of a JSON object that was sent. Some are secrets, and Camel logs bodies at TRACE: as text it has their names. */
public final class RequestFields extends LinkedHashMap<String, Object> {

    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
        return keySet().toString();
    }
}
