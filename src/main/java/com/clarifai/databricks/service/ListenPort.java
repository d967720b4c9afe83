package com.clarifai.databricks.service;

import com.clarifai.databricks.settings.InvalidSettingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** A port that the application is about to listen on. */
final class ListenPort {

    private ListenPort() {}

    /**
     * Says at once when it cannot, before anything is started.
     *
     * @param setting of the port, as the message names it
     * @throws InvalidSettingException when the port is taken or not allowed, or the host is not this machine
     */
    public static void check(String host, int port, String setting) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            socket.setReuseAddress(true);
        } catch (UnknownHostException e) {
            throw new InvalidSettingException("there is no host " + host + " to listen on port " + port + " of");
        } catch (IOException e) {
            throw new InvalidSettingException("port " + port + " of " + host + " cannot be used (" + e.getMessage()
                    + "): give another one in " + setting + ", or end what uses it");
        }
    }
}
