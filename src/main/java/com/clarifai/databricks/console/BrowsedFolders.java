package com.clarifai.databricks.console;

import com.clarifai.databricks.component.databricks.DatabricksConstants;
import com.clarifai.databricks.s3.S3Folder;
import com.clarifai.databricks.s3.S3Refusal;
import com.google.common.base.Stopwatch;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** What is in a folder, to choose from, however much it is: the first that match what somebody has typed. */
public final class BrowsedFolders {

    /** Larger pictures are not fetched for a list. */
    static final long MAX_THUMBNAIL = 2_000_000;

    private static final String PLACE = "place";
    private static final String S3_CLIENT = "s3";
    private static final int DEFAULT_LIMIT = 100;
    /** So far, folders are looked for behind files that fill the list. */
    private static final int LOOKED_AT = 2_000;
    /** Who looks for a name among more of them, or waits longer, had better type the path. */
    private static final int MOST = 200_000;

    private static final Duration LONGEST = Duration.ofSeconds(20);

    /** Sets the property {@code place}, the header {@code level}, and those that the lists of the workspace go by. */
    public void open(Exchange exchange, @Header("path") String path) {
        BrowsedPlace place = BrowsedPlace.parse(path);
        exchange.setProperty(PLACE, place);
        exchange.getMessage().setHeader("level", place.level().name());
        List<String> headers = List.of(DatabricksConstants.CATALOG, DatabricksConstants.SCHEMA);
        for (int i = 0; i < Math.min(headers.size(), place.names().size()); i++) {
            exchange.getMessage().setHeader(headers.get(i), place.names().get(i));
        }
        exchange.getMessage().setHeader(DatabricksConstants.PATH, place.path());
    }

    /** The body becomes the buckets, or what is in one. */
    public Iterator<?> onS3(CamelContext context, @ExchangeProperty(PLACE) BrowsedPlace place) {
        // looked up now: Camel may make the beans of a route file twice, and closes the first ones
        S3Client s3 = context.getRegistry().lookupByNameAndType(S3_CLIENT, S3Client.class);
        Iterator<?> listed = place.bucket() == null ? S3Folder.buckets(s3) : S3Folder.list(s3, place.bucket());
        // asks for the first page, so that what is wrong with the keys shows here
        listed.hasNext();
        return listed;
    }

    /** @throws ApiException 422 with the setting that S3 objects to */
    public void refused(
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) SdkException problem,
            @ExchangeProperty(PLACE) BrowsedPlace place) {
        S3Refusal refusal = S3Refusal.of(problem, place.path());
        boolean keys = !refusal.about().equals(S3Refusal.PLACE);
        throw new ApiException(
                422, refusal.message() + (keys ? "; the keys are under Connection" : ""), Map.of("keys", keys));
    }

    /**
     * The body is an iterator over what is in the place, read no further than needed.
     *
     * @param filter part of the names, in any case
     * @param limit of folders, and of files
     */
    public Map<String, Object> page(
            @Body Iterator<?> listed,
            @ExchangeProperty(PLACE) BrowsedPlace place,
            @Header("filter") String filter,
            @Header("limit") String limit) {
        String part = filter == null ? "" : filter.strip().toLowerCase(Locale.ROOT);
        int most = TableRows.between("limit", limit, 1, DEFAULT_LIMIT, NameLists.MAX_LIMIT);
        List<Map<String, Object>> folders = new ArrayList<>();
        List<Map<String, Object>> files = new ArrayList<>();
        Stopwatch clock = Stopwatch.createStarted();
        int seen = 0;
        boolean leftOut = false;
        while (goesOn(seen, clock)
                && !(files.size() == most && (folders.size() == most || seen >= LOOKED_AT))
                && listed.hasNext()) {
            BrowsedEntry entry = BrowsedEntry.of(listed.next());
            seen++;
            if (entry.contains(part)) {
                List<Map<String, Object>> kind = entry.folder() ? folders : files;
                if (kind.size() < most) {
                    kind.add(entry.toMap(place));
                } else {
                    leftOut = true;
                }
            }
        }
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("path", place.path());
        page.put("folders", folders);
        page.put("files", files);
        page.put("more", leftOut || listed.hasNext());
        page.put("lookedAt", seen);
        return page;
    }

    private static boolean goesOn(int seen, Stopwatch clock) {
        return seen < MOST && clock.elapsed().compareTo(LONGEST) < 0;
    }

    /** How much there is in the place; {@code complete} is false where there is more. */
    public Map<String, Object> count(@Body Iterator<?> listed, @ExchangeProperty(PLACE) BrowsedPlace place) {
        Stopwatch clock = Stopwatch.createStarted();
        int folders = 0;
        int files = 0;
        int pictures = 0;
        long bytes = 0;
        while (goesOn(folders + files, clock) && listed.hasNext()) {
            BrowsedEntry entry = BrowsedEntry.of(listed.next());
            folders += entry.folder() ? 1 : 0;
            files += entry.folder() ? 0 : 1;
            pictures += entry.isPicture() ? 1 : 0;
            bytes += entry.size();
        }
        Map<String, Object> count = new LinkedHashMap<>();
        count.put("path", place.path());
        count.put("folders", folders);
        count.put("files", files);
        count.put("pictures", pictures);
        count.put("bytes", bytes);
        count.put("complete", !listed.hasNext());
        return count;
    }

    /** The body is a file that is being read, and becomes its bytes. @throws ApiException 404 when it is too large */
    public byte[] thumbnail(@Body InputStream file) throws IOException {
        byte[] bytes = file.readNBytes((int) MAX_THUMBNAIL + 1);
        if (bytes.length > MAX_THUMBNAIL) {
            throw new ApiException(404, "pictures of more than " + MAX_THUMBNAIL + " bytes are not shown");
        }
        return bytes;
    }
}
