package com.clarifai.databricks.flow.run;

/** What an export does with a table that is there already. */
public enum IfExists {
    /** Changes nothing and says so. */
    fail,
    /** Puts the export in the place of all its rows. */
    replace,
    /** Adds what is new and changes what differs; other rows stay. */
    merge
}
