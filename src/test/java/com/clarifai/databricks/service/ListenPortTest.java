package com.clarifai.databricks.service;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.settings.InvalidSettingException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ListenPortTest {

    @Test
    void aPortInUseIsToldInOneLineThatNamesItAndTheSetting() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> ListenPort.check("127.0.0.1", taken.getLocalPort(), "console.port (--port)"))
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " of 127.0.0.1")
                    .hasMessageContaining("console.port (--port)");
        }
    }
}
