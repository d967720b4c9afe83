package com.clarifai.databricks.s3;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * An S3 client that is made by its first call: the SDK takes a tenth of the application's start for it, and most flows
 * have nothing to do with S3.
 */
final class LazyClient implements InvocationHandler {

    private final Supplier<S3Client> maker;
    private S3Client client;

    private LazyClient(Supplier<S3Client> maker) {
        this.maker = maker;
    }

    static S3Client of(Supplier<S3Client> maker) {
        return (S3Client) Proxy.newProxyInstance(
                S3Client.class.getClassLoader(), new Class<?>[] {S3Client.class}, new LazyClient(maker));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, arguments);
        }
        if (method.getName().equals("close") && !isMade()) {
            return null;
        }
        try {
            return method.invoke(client(), arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Object ofObject(Object proxy, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "S3 client";
        };
    }

    private synchronized boolean isMade() {
        return client != null;
    }

    private synchronized S3Client client() {
        if (client == null) {
            client = maker.get();
        }
        return client;
    }
}
