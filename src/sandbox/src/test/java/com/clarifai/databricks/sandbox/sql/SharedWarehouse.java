package com.clarifai.databricks.sandbox.sql;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives all test classes the same warehouse: a process has room for one Spark. */
public final class SharedWarehouse implements BeforeAllCallback, ParameterResolver {

    /** The warehouse of now, which a test may stop and start again. */
    static final class Holder implements AutoCloseable {

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

        @Override
        public void close() {
            warehouse.close();
            TableDirectories.delete(root);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        holder(context);
    }

    private static Holder holder(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SharedWarehouse.class))
                .getOrComputeIfAbsent(
                        "holder",
                        key -> {
                            try {
                                return new Holder(Files.createTempDirectory("warehouse"));
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        Holder.class);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Warehouse.class
                || parameter.getParameter().getType() == Holder.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Holder holder = holder(context);
        return parameter.getParameter().getType() == Holder.class ? holder : holder.get();
    }
}
