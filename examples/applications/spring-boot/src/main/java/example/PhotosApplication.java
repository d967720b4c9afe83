package example;

import com.clarifai.databricks.component.clarifai.ClarifaiComponent;
import com.clarifai.databricks.component.databricks.DatabricksComponent;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Runs the routes of {@code camel/}. The components are beans, which Spring Boot configures. */
@SpringBootApplication(exclude = DataSourceAutoConfiguration.class)
public class PhotosApplication {

    public static void main(String[] args) {
        SpringApplication.run(PhotosApplication.class, args);
    }

    @Bean
    @ConfigurationProperties("clarifai")
    public ClarifaiComponent clarifai() {
        return new ClarifaiComponent();
    }

    @Bean
    @ConfigurationProperties("databricks")
    public DatabricksComponent databricks() {
        return new DatabricksComponent();
    }
}
