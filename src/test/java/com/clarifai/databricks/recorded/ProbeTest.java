package com.clarifai.databricks.recorded;

import java.util.*;
import org.junit.jupiter.api.*;

class ProbeTest {
    private final RecordedFlow flow = new RecordedFlow();

    void show(String t, RecordedFlow.Ended e) {
        System.out.println("ENDED " + t + e);
        flow.sql().statements().forEach(s -> System.out.println("SQL " + s));
        flow.sql().forget();
        System.out.println("STAGED " + flow.staged(""));
        System.out.println(
                "CL " + flow.clarifai().received().stream().map(r -> r.call()).toList());
    }

    @Test
    void export() {
        flow.clarifai().addInput("a", com.clarifai.grpc.api.status.StatusCode.INPUT_DOWNLOAD_SUCCESS);
        flow.clarifai().addDataset("pictures", "a");
        show(
                "EXP",
                flow.run(
                        "export",
                        "--json",
                        "--app=app",
                        "--dataset=pictures",
                        "--inputs-table=main.default.i",
                        "--annotations-table=main.default.a"));
        show(
                "UPD",
                flow.run(
                        "update",
                        "--json",
                        "--deletes=remove",
                        "--app=app",
                        "--dataset=pictures",
                        "--inputs-table=main.default.i",
                        "--annotations-table=main.default.a"));
        show(
                "DRY",
                flow.run(
                        "update",
                        "--json",
                        "--dry-run",
                        "--deletes=remove",
                        "--app=app",
                        "--dataset=pictures",
                        "--inputs-table=main.default.i",
                        "--annotations-table=main.default.a"));
    }
}
