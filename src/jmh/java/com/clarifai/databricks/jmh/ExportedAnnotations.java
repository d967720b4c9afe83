package com.clarifai.databricks.jmh;

import com.clarifai.databricks.delta.RowFile;
import com.clarifai.databricks.mapping.AnnotationRows;
import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.BoundingBox;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.Point;
import com.clarifai.grpc.api.Polygon;
import com.clarifai.grpc.api.Region;
import com.clarifai.grpc.api.RegionInfo;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/** What an export does with each annotation; the time is that of one. */
@OperationsPerInvocation(ExportedAnnotations.ANNOTATIONS)
public class ExportedAnnotations extends SmallPiece {

    static final int ANNOTATIONS = 1000;

    /** A box, or a polygon of a hundred points. */
    @Param({"box", "polygon"})
    public String shape;

    private List<Annotation> annotations;
    private List<Map<String, Object>> rows;

    @Setup
    public void makeAnnotations() {
        RegionInfo.Builder info = RegionInfo.newBuilder();
        if (shape.equals("box")) {
            info.setBoundingBox(BoundingBox.newBuilder()
                    .setTopRow(0.1f)
                    .setLeftCol(0.2f)
                    .setBottomRow(0.5f)
                    .setRightCol(0.6f));
        } else {
            info.setPolygon(Polygon.newBuilder()
                    .addAllPoints(IntStream.range(0, 100)
                            .mapToObj(i -> Point.newBuilder()
                                    .setRow(i / 100f)
                                    .setCol(1 - i / 100f)
                                    .build())
                            .toList()));
        }
        Data data = Data.newBuilder()
                .addRegions(Region.newBuilder()
                        .setId("r")
                        .setRegionInfo(info)
                        .setData(Data.newBuilder()
                                .addConcepts(Concept.newBuilder()
                                        .setId("cat")
                                        .setName("cat")
                                        .setValue(1))))
                .build();
        annotations = IntStream.range(0, ANNOTATIONS)
                .mapToObj(i -> Annotation.newBuilder()
                        .setId("annotation-" + i)
                        .setInputId("input-" + i)
                        .setData(data)
                        .build())
                .toList();
        rows = annotations.stream().map(ExportedAnnotations::row).toList();
    }

    private static Map<String, Object> row(Annotation annotation) {
        return AnnotationRows.toRow(annotation, "user", "app", "dataset");
    }

    /** An annotation to a row, its region as JSON. */
    @Benchmark
    public void map(Blackhole sink) {
        annotations.forEach(annotation -> sink.consume(row(annotation)));
    }

    /** Rows to a staged file. */
    @Benchmark
    public byte[] stage() {
        return RowFile.of(rows);
    }
}
