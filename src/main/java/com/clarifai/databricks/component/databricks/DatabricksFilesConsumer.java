package com.clarifai.databricks.component.databricks;

import com.clarifai.databricks.databricks.VolumeFile;
import com.clarifai.databricks.databricks.VolumeFiles;
import com.clarifai.databricks.databricks.VolumePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.util.AntPathMatcher;
import org.apache.camel.util.ObjectHelper;

/**
 * Takes the files of a volume's folder that are new or have changed, one after the other, as they are listed.
 *
 * <p>A file whose exchange has failed comes again with the next poll. What its bytes are is not read: {@code download}
 * does that, by the header that each message has.
 */
class DatabricksFilesConsumer extends ScheduledPollConsumer {

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
        Iterator<VolumeFile> listed =
                Boolean.TRUE.equals(configuration.getRecursive()) ? files.listRecursively(folder) : files.list(folder);
        int count = 0;
        // a file that is there already tells so with the first page, an empty folder as well
        boolean more = listed.hasNext();
        forceConsumerAsReady();
        while (more && isRunAllowed() && !isSuspendingOrSuspended()) {
            VolumeFile file = listed.next();
            if (isWanted(folder, file) && taken.add(key(file))) {
                take(files, folder, file);
                count++;
            }
            more = listed.hasNext();
        }
        return count;
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
        String filter = configuration.getFilter();
        if (file.directory() || isMoved(folder, file)) {
            return false;
        }
        return ObjectHelper.isEmpty(filter)
                || patterns.match(filter, filter.contains("/") ? below(folder, file) : file.name());
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

    private void take(VolumeFiles files, VolumePath folder, VolumeFile file) throws Exception {
        Exchange exchange = createExchange(false);
        try {
            exchange.getMessage().setBody(file);
            exchange.getMessage().setHeader(DatabricksConstants.PATH, file.path());
            getProcessor().process(exchange);
            if (exchange.getException() == null) {
                taken.confirm(key(file));
                putAway(files, folder, file);
            } else {
                taken.remove(key(file));
                getExceptionHandler()
                        .handleException("Error processing " + file.path(), exchange, exchange.getException());
            }
        } finally {
            releaseExchange(exchange, false);
        }
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
