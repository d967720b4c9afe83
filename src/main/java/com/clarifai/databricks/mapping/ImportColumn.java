package com.clarifai.databricks.mapping;

import java.util.Locale;

/** The columns of a file or table to import. */
public enum ImportColumn {
    /** The id of the input. */
    INPUTID(true),
    /** The URL of the image. */
    INPUT(true),
    CONCEPTS(false),
    METADATA(false),
    /** {@code "longitude,latitude"}. */
    GEOPOINTS(false),
    /** A JSON array in the shape of the API's {@code Annotation.data}. */
    ANNOTATIONS(false),
    /** Pixels of the picture from left to right, for annotations in pixels. */
    WIDTH(false),
    /** Pixels of the picture from top to bottom. */
    HEIGHT(false);

    private final boolean mandatory;

    ImportColumn(boolean mandatory) {
        this.mandatory = mandatory;
    }

    /** Whether there is no import without it. */
    public boolean mandatory() {
        return mandatory;
    }

    /** What it is called where it has no other name. */
    public String columnName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
