package com.clarifai.databricks.component.databricks;

import com.clarifai.databricks.databricks.DatabricksException;
import com.clarifai.databricks.databricks.DatabricksException.Kind;
import com.clarifai.databricks.databricks.Secrets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.camel.util.ObjectHelper;

/**
 * A secret of the workspace that the databricks component calls, wherever Camel resolves placeholders:
 * <code>{{databricks:scope/key}}</code>. Of several keys, <code>scope/key,otherKey</code>, the first that is there
 * counts; <code>scope/key:value</code> gives a value for when none is.
 */
@org.apache.camel.spi.annotations.PropertiesFunction("databricks")
public class SecretPropertiesFunction extends ServiceSupport implements PropertiesFunction, CamelContextAware {

    private static final String COMPONENT_OPTIONS = "camel.component.databricks.";

    private CamelContext camelContext;

    @Override
    public String getName() {
        return "databricks";
    }

    @Override
    public String apply(String remainder) {
        int slash = remainder.indexOf('/');
        int colon = remainder.indexOf(':');
        String name = colon < 0 ? remainder : remainder.substring(0, colon);
        if (slash < 1 || slash >= name.length() - 1) {
            throw new IllegalArgumentException("{{databricks:" + name + "}} must be {{databricks:scope/key}}");
        }
        List<String> keys = List.of(name.substring(slash + 1).split("\\s*,\\s*"));
        try {
            return new Secrets(component().workspaceClient()).get(name.substring(0, slash), keys);
        } catch (DatabricksException e) {
            if (e.kind() == Kind.NOT_FOUND && colon >= 0) {
                return remainder.substring(colon + 1);
            }
            throw e;
        }
    }

    private DatabricksComponent component() {
        DatabricksComponent component = camelContext.getComponent("databricks", DatabricksComponent.class);
        if (component.getClient() == null && ObjectHelper.isEmpty(component.getHost())) {
            configure(component);
        }
        return component;
    }

    /** Camel Main may ask for the secret, as another component's option, before it has configured this component. */
    private void configure(DatabricksComponent component) {
        Properties properties =
                camelContext.getPropertiesComponent().loadProperties(name -> name.startsWith(COMPONENT_OPTIONS));
        Map<String, Object> options = new HashMap<>();
        properties.forEach(
                (name, value) -> options.put(String.valueOf(name).substring(COMPONENT_OPTIONS.length()), value));
        PropertyBindingSupport.build()
                .withCamelContext(camelContext)
                .withTarget(component)
                .withConfigurer(component.getComponentPropertyConfigurer())
                .withIgnoreCase(true)
                .withProperties(options)
                .bind();
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }
}
