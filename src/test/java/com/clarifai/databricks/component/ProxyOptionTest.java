package com.clarifai.databricks.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.component.clarifai.ClarifaiComponent;
import com.clarifai.databricks.component.databricks.DatabricksComponent;
import com.clarifai.databricks.proxy.ProxySettings;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;

/** The way of the components' documentation: one bean, which both components find. */
class ProxyOptionTest {

    @Test
    void theBeanOfTheProxyIsUsedByBothComponents() {
        Properties properties = new Properties();
        properties.put("camel.beans.proxy", "#class:" + ProxySettings.class.getName());
        properties.put("camel.beans.proxy.url", "http://proxy.example.com:3128");
        properties.put("camel.beans.proxy.bypass", ".near.example.com,10.0.0.0/8");
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setOverrideProperties(properties);
        main.start();
        try {
            CamelContext context = main.getCamelContext();
            ProxySettings bean = context.getRegistry().lookupByNameAndType("proxy", ProxySettings.class);

            assertThat(bean.remark("db.example.com")).endsWith("http://proxy.example.com:3128");
            assertThat(bean.remark("a.near.example.com")).isEmpty();
            assertThat(context.getComponent("databricks", DatabricksComponent.class)
                            .getProxy())
                    .isSameAs(bean);
            assertThat(context.getComponent("clarifai", ClarifaiComponent.class).getProxy())
                    .isSameAs(bean);
        } finally {
            main.stop();
        }
    }
}
