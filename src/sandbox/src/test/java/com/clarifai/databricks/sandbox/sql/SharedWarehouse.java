package com.clarifai.databricks.sandbox.sql;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives all test classes the same warehouse: a process has room for one Spark. */
public final class SharedWarehouse implements BeforeAllCallback, ParameterResolver {

    /** The warehouse of now, which a test may stop and start again. */
    static final class Holder {

        private final Path root;
        private Warehouse warehouse;

        Holder(Path root) throws Exception {
            this.root = root;
            warehouse = new Warehouse(root);
        }

        Warehouse get() {
            return warehouse;
        }

        Warehouse restart() throws Exception {
            warehouse.close();
            warehouse = new Warehouse(root);
            return warehouse;
        }

        private void close() {
            warehouse.close();
            TableDirectories.delete(root);
        }
    }

    private static Holder holder;

    @Override
    public void beforeAll(ExtensionContext context) {
        holder();
    }

    /** Until the process ends: to start Spark again for each class takes seconds. */
    private static synchronized Holder holder() {
        if (holder == null) {
            try {
                holder = new Holder(Files.createTempDirectory("warehouse"));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(holder::close));
        }
        return holder;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Warehouse.class
                || parameter.getParameter().getType() == Holder.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Holder holder = holder();
        return parameter.getParameter().getType() == Holder.class ? holder : holder.get();
    }
}
