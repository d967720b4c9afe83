package com.clarifai.databricks.component.databricks;

import com.clarifai.databricks.databricks.VolumeFile;
import com.clarifai.databricks.databricks.VolumeFiles;
import com.clarifai.databricks.databricks.VolumePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.util.AntPathMatcher;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the files of a volume's folder that are new or have changed, one after the other or in batches, as they are
 * listed.
 *
 * <p>A file whose exchange has failed comes again with the next poll. What its bytes are is not read: {@code download}
 * does that, by the header that each message has.
 */
class DatabricksFilesConsumer extends ScheduledPollConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(DatabricksFilesConsumer.class);

    /** So many files a restart of the route begins with again; a key of each is held. */
    private static final int REMEMBERED_FILES = 1_000_000;

    private final DatabricksConfiguration configuration;
    private final IdempotentRepository taken;
    private final AntPathMatcher patterns = new AntPathMatcher();

    DatabricksFilesConsumer(DatabricksEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.configuration = endpoint.getConfiguration();
        this.taken = configuration.getIdempotentRepository() == null
                ? MemoryIdempotentRepository.memoryIdempotentRepository(REMEMBERED_FILES)
                : configuration.getIdempotentRepository();
    }

    @Override
    protected void doStart() throws Exception {
        ServiceHelper.startService(taken);
        super.doStart();
    }

    @Override
    protected int poll() throws Exception {
        VolumePath folder = folder();
        VolumeFiles files = new VolumeFiles(((DatabricksEndpoint) getEndpoint()).client());
        Iterator<VolumeFile> listed = isRecursive() ? files.listRecursively(folder) : files.list(folder);
        int most = configuration.getBatchSize() == null ? 1 : configuration.getBatchSize();
        List<VolumeFile> batch = new ArrayList<>();
        int count = 0;
        try {
            // a file that is there already tells so with the first page, an empty folder as well
            boolean more = listed.hasNext();
            forceConsumerAsReady();
            while (more && isRunAllowed() && !isSuspendingOrSuspended()) {
                VolumeFile file = listed.next();
                if (isWanted(folder, file) && taken.add(key(file))) {
                    batch.add(file);
                    count++;
                }
                if (batch.size() == most) {
                    take(files, folder, batch);
                }
                more = listed.hasNext();
            }
            if (!more && !batch.isEmpty()) {
                take(files, folder, batch);
            }
        } finally {
            // those that nobody was given, as the rest could not be listed or the route stops
            batch.forEach(file -> taken.remove(key(file)));
        }
        return count;
    }

    private boolean isRecursive() {
        return Boolean.TRUE.equals(configuration.getRecursive());
    }

    private VolumePath folder() {
        String path = configuration.getPath();
        if (ObjectHelper.isNotEmpty(path) && (path.startsWith("/") || path.startsWith("dbfs:"))) {
            return VolumePath.parse(path);
        }
        VolumePath volume = VolumePath.of(
                mandatory("catalog", configuration.getCatalog()),
                mandatory("schema", configuration.getSchema()),
                mandatory("volume", configuration.getVolume()));
        return ObjectHelper.isEmpty(path) ? volume : volume.resolve(path);
    }

    private static String mandatory(String option, String value) {
        if (ObjectHelper.isEmpty(value)) {
            throw new IllegalArgumentException(
                    DatabricksOperations.files + " needs the option " + option + ", or a whole path (/Volumes/...)");
        }
        return value;
    }

    private boolean isWanted(VolumePath folder, VolumeFile file) {
        if (file.directory()) {
            // a walk gives only those that it cannot go into; they are said once
            if (isRecursive() && taken.add(key(file))) {
                LOG.warn("{} cannot be listed: the files in it are not taken", file.path());
            }
            return false;
        }
        String filter = configuration.getFilter();
        return !isMoved(folder, file)
                && (ObjectHelper.isEmpty(filter)
                        || patterns.match(filter, filter.contains("/") ? below(folder, file) : file.name()));
    }

    private boolean isMoved(VolumePath folder, VolumeFile file) {
        return ObjectHelper.isNotEmpty(configuration.getMoveTo()) && file.path().startsWith(movedTo(folder) + "/");
    }

    private static String below(VolumePath folder, VolumeFile file) {
        return file.path().substring(folder.toString().length() + 1);
    }

    private static String key(VolumeFile file) {
        return file.path() + '|' + file.size() + '|' + file.modifiedAt();
    }

    /** Hands the files on and leaves the list empty. */
    private void take(VolumeFiles files, VolumePath folder, List<VolumeFile> batch) throws Exception {
        List<VolumeFile> given = List.copyOf(batch);
        Exchange exchange = createExchange(false);
        try {
            if (configuration.getBatchSize() == null) {
                VolumeFile file = given.get(0);
                exchange.getMessage().setBody(file);
                exchange.getMessage().setHeader(DatabricksConstants.PATH, file.path());
            } else {
                exchange.getMessage().setBody(given);
            }
            getProcessor().process(exchange);
            batch.clear();
            if (exchange.getException() == null) {
                given.forEach(file -> end(files, folder, file));
            } else {
                given.forEach(file -> taken.remove(key(file)));
                getExceptionHandler().handleException(problem(given), exchange, exchange.getException());
            }
        } finally {
            releaseExchange(exchange, false);
        }
    }

    /** What was dealt with does not come again, even where it cannot be put away. */
    private void end(VolumeFiles files, VolumePath folder, VolumeFile file) {
        taken.confirm(key(file));
        try {
            putAway(files, folder, file);
        } catch (IOException | RuntimeException e) {
            getExceptionHandler().handleException("Stays where it is: " + file.path(), e);
        }
    }

    private static String problem(List<VolumeFile> batch) {
        String first = "Error processing " + batch.get(0).path();
        return batch.size() == 1 ? first : first + " and " + (batch.size() - 1) + " more";
    }

    private void putAway(VolumeFiles files, VolumePath folder, VolumeFile file) throws IOException {
        VolumePath path = VolumePath.parse(file.path());
        if (ObjectHelper.isNotEmpty(configuration.getMoveTo())) {
            move(files, path, movedTo(folder).resolve(below(folder, file)));
        } else if (configuration.isDelete()) {
            files.delete(path);
        }
    }

    private VolumePath movedTo(VolumePath folder) {
        String moveTo = configuration.getMoveTo();
        return moveTo.startsWith("/") ? VolumePath.parse(moveTo) : folder.resolve(moveTo);
    }

    /** By way of a local file: the Files API has neither a move nor a copy. */
    private static void move(VolumeFiles files, VolumePath from, VolumePath to) throws IOException {
        Path local = Files.createTempFile("databricks-move-", ".part");
        try {
            files.download(from, local);
            files.upload(to, local, false);
            files.delete(from);
        } finally {
            Files.deleteIfExists(local);
        }
    }
}
