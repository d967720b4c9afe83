package com.clarifai.databricks.sandbox.sql;

import static com.clarifai.databricks.sandbox.sql.ThriftHandles.handle;
import static com.clarifai.databricks.sandbox.sql.ThriftHandles.id;
import static com.clarifai.databricks.sandbox.sql.ThriftStatus.error;
import static com.clarifai.databricks.sandbox.sql.ThriftStatus.noSuchOperation;
import static com.clarifai.databricks.sandbox.sql.ThriftStatus.noSuchSession;
import static com.clarifai.databricks.sandbox.sql.ThriftStatus.success;
import static com.clarifai.databricks.sandbox.sql.ThriftStatus.unsupported;

import com.databricks.jdbc.model.client.thrift.generated.TCLIService;
import com.databricks.jdbc.model.client.thrift.generated.TCancelDelegationTokenReq;
import com.databricks.jdbc.model.client.thrift.generated.TCancelDelegationTokenResp;
import com.databricks.jdbc.model.client.thrift.generated.TCancelOperationReq;
import com.databricks.jdbc.model.client.thrift.generated.TCancelOperationResp;
import com.databricks.jdbc.model.client.thrift.generated.TCloseOperationReq;
import com.databricks.jdbc.model.client.thrift.generated.TCloseOperationResp;
import com.databricks.jdbc.model.client.thrift.generated.TCloseSessionReq;
import com.databricks.jdbc.model.client.thrift.generated.TCloseSessionResp;
import com.databricks.jdbc.model.client.thrift.generated.TExecuteStatementReq;
import com.databricks.jdbc.model.client.thrift.generated.TExecuteStatementResp;
import com.databricks.jdbc.model.client.thrift.generated.TFetchResultsReq;
import com.databricks.jdbc.model.client.thrift.generated.TFetchResultsResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetCatalogsReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetCatalogsResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetColumnsReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetColumnsResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetCrossReferenceReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetCrossReferenceResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetDelegationTokenReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetDelegationTokenResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetFunctionsReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetFunctionsResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetInfoReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetInfoResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetInfoValue;
import com.databricks.jdbc.model.client.thrift.generated.TGetOperationStatusReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetOperationStatusResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetPrimaryKeysReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetPrimaryKeysResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetResultSetMetadataReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetResultSetMetadataResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetSchemasReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetSchemasResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetTableTypesReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetTableTypesResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetTablesReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetTablesResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetTypeInfoReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetTypeInfoResp;
import com.databricks.jdbc.model.client.thrift.generated.TNamespace;
import com.databricks.jdbc.model.client.thrift.generated.TOpenSessionReq;
import com.databricks.jdbc.model.client.thrift.generated.TOpenSessionResp;
import com.databricks.jdbc.model.client.thrift.generated.TOperationType;
import com.databricks.jdbc.model.client.thrift.generated.TProtocolVersion;
import com.databricks.jdbc.model.client.thrift.generated.TRenewDelegationTokenReq;
import com.databricks.jdbc.model.client.thrift.generated.TRenewDelegationTokenResp;
import com.databricks.jdbc.model.client.thrift.generated.TSessionHandle;
import com.databricks.jdbc.model.client.thrift.generated.TSparkParameter;
import com.databricks.jdbc.model.client.thrift.generated.TSparkParameterValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.classic.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Thrift protocol in which the Databricks JDBC driver talks to clusters, with results inline only: Arrow for clients
 * that read it. Handles carry the ids of {@link Statements}.
 */
final class ThriftService implements TCLIService.Iface {

    private static final Logger LOG = LoggerFactory.getLogger(ThriftService.class);

    private static final TProtocolVersion VERSION = TProtocolVersion.SPARK_CLI_SERVICE_PROTOCOL_V9;

    private final Statements statements;
    private final ThriftOperations operations;
    private final boolean parameters;

    ThriftService(Statements statements) {
        this(statements, new ThriftOperations(statements), true);
    }

    private ThriftService(Statements statements, ThriftOperations operations, boolean parameters) {
        this.statements = statements;
        this.operations = operations;
        this.parameters = parameters;
    }

    /** The same service, where statements fail. */
    ThriftService failing(SqlError error) {
        return new ThriftService(statements, operations.failing(error), parameters);
    }

    /** The same service as older runtimes have it: the field of a statement's parameters is not known to them. */
    ThriftService withoutParameters() {
        return new ThriftService(statements, operations, false);
    }

    @Override
    public TOpenSessionResp OpenSession(TOpenSessionReq request) {
        TOpenSessionResp answer = new TOpenSessionResp().setServerProtocolVersion(VERSION);
        TNamespace namespace = request.isSetInitialNamespace() ? request.getInitialNamespace() : new TNamespace();
        try {
            String id = statements.openSession(
                    namespace.getCatalogName(),
                    namespace.getSchemaName(),
                    request.isSetConfiguration() ? request.getConfiguration() : Map.of());
            return answer.setStatus(success())
                    .setSessionHandle(new TSessionHandle(handle(id)))
                    .setInitialNamespace(namespace)
                    .setCanUseMultipleCatalogs(true);
        } catch (Exception e) {
            // Spark throws checked exceptions that Scala does not declare
            LOG.debug("OpenSession failed", e);
            return answer.setStatus(error(SqlError.of(e)));
        }
    }

    @Override
    public TCloseSessionResp CloseSession(TCloseSessionReq request) {
        String id = id(request.getSessionHandle().getSessionId());
        return new TCloseSessionResp(statements.closeSession(id) ? success() : noSuchSession(id));
    }

    @Override
    public TGetInfoResp GetInfo(TGetInfoReq request) {
        TGetInfoResp answer = new TGetInfoResp().setStatus(success());
        return switch (request.getInfoType()) {
            case CLI_SERVER_NAME, CLI_DBMS_NAME -> answer.setInfoValue(TGetInfoValue.stringValue("Spark SQL"));
            case CLI_DBMS_VER ->
                answer.setInfoValue(TGetInfoValue.stringValue(org.apache.spark.package$.MODULE$.SPARK_VERSION()));
            default ->
                answer.setStatus(unsupported("GetInfo " + request.getInfoType()))
                        .setInfoValue(TGetInfoValue.stringValue(""));
        };
    }

    @Override
    public TExecuteStatementResp ExecuteStatement(TExecuteStatementReq request) {
        String sessionId = id(request.getSessionHandle().getSessionId());
        SparkSession session = statements.session(sessionId).orElse(null);
        if (session == null) {
            return new TExecuteStatementResp(noSuchSession(sessionId));
        }
        ThriftFormat format = request.isCanReadArrowResult()
                ? new ArrowFormat(session.sessionState().conf().sessionLocalTimeZone())
                : ColumnFormat.CHUNKS;
        Query query = new Query(request.getStatement(), parameters(request), rowLimit(request), format);
        ThriftOperations.Submitted submitted = operations.submit(
                sessionId, session, query, format, TOperationType.EXECUTE_STATEMENT, request.isSetGetDirectResults());
        return new TExecuteStatementResp(submitted.status())
                .setOperationHandle(submitted.handle())
                .setDirectResults(submitted.results());
    }

    private static long rowLimit(TExecuteStatementReq request) {
        return request.isSetResultRowLimit() ? request.getResultRowLimit() : Long.MAX_VALUE;
    }

    private List<StatementParameters.Value> parameters(TExecuteStatementReq request) {
        List<StatementParameters.Value> values = new ArrayList<>();
        if (parameters && request.isSetParameters()) {
            for (TSparkParameter parameter : request.getParameters()) {
                values.add(new StatementParameters.Value(
                        parameter.getName(), parameter.getOrdinal(), parameter.getType(), text(parameter.getValue())));
            }
        }
        return values;
    }

    private static String text(TSparkParameterValue value) {
        return value == null ? null : String.valueOf(value.getFieldValue());
    }

    @Override
    public TGetOperationStatusResp GetOperationStatus(TGetOperationStatusReq request) {
        ThriftResult result = operations.find(request.getOperationHandle());
        return result == null
                ? new TGetOperationStatusResp(noSuchOperation(request.getOperationHandle()))
                : result.status();
    }

    @Override
    public TGetResultSetMetadataResp GetResultSetMetadata(TGetResultSetMetadataReq request) {
        ThriftResult result = operations.find(request.getOperationHandle());
        return result == null
                ? new TGetResultSetMetadataResp(noSuchOperation(request.getOperationHandle()))
                : result.metadata();
    }

    @Override
    public TFetchResultsResp FetchResults(TFetchResultsReq request) {
        ThriftResult result = operations.find(request.getOperationHandle());
        if (result == null) {
            return new TFetchResultsResp(noSuchOperation(request.getOperationHandle()));
        }
        TFetchResultsResp answer =
                ThriftOperations.fetch(result, request.isSetStartRowOffset() ? request.getStartRowOffset() : null);
        return request.isIncludeResultSetMetadata() ? answer.setResultSetMetadata(result.metadata()) : answer;
    }

    @Override
    public TCancelOperationResp CancelOperation(TCancelOperationReq request) {
        statements.find(id(request.getOperationHandle().getOperationId())).ifPresent(Statement::cancel);
        return new TCancelOperationResp(success());
    }

    @Override
    public TCloseOperationResp CloseOperation(TCloseOperationReq request) {
        String id = id(request.getOperationHandle().getOperationId());
        operations.close(id);
        return new TCloseOperationResp(success());
    }

    @Override
    public TGetTypeInfoResp GetTypeInfo(TGetTypeInfoReq request) {
        ThriftOperations.Submitted submitted = operations.ask(
                request.getSessionHandle(),
                TOperationType.GET_TYPE_INFO,
                request.isSetGetDirectResults(),
                metadata -> JdbcTypes.query());
        return new TGetTypeInfoResp(submitted.status())
                .setOperationHandle(submitted.handle())
                .setDirectResults(submitted.results());
    }

    @Override
    public TGetCatalogsResp GetCatalogs(TGetCatalogsReq request) {
        ThriftOperations.Submitted submitted = operations.ask(
                request.getSessionHandle(),
                TOperationType.GET_CATALOGS,
                request.isSetGetDirectResults(),
                ThriftMetadata::catalogs);
        return new TGetCatalogsResp(submitted.status())
                .setOperationHandle(submitted.handle())
                .setDirectResults(submitted.results());
    }

    @Override
    public TGetSchemasResp GetSchemas(TGetSchemasReq request) {
        ThriftOperations.Submitted submitted = operations.ask(
                request.getSessionHandle(),
                TOperationType.GET_SCHEMAS,
                request.isSetGetDirectResults(),
                metadata -> metadata.schemas(request));
        return new TGetSchemasResp(submitted.status())
                .setOperationHandle(submitted.handle())
                .setDirectResults(submitted.results());
    }

    @Override
    public TGetTablesResp GetTables(TGetTablesReq request) {
        ThriftOperations.Submitted submitted = operations.ask(
                request.getSessionHandle(),
                TOperationType.GET_TABLES,
                request.isSetGetDirectResults(),
                metadata -> metadata.tables(request));
        return new TGetTablesResp(submitted.status())
                .setOperationHandle(submitted.handle())
                .setDirectResults(submitted.results());
    }

    @Override
    public TGetTableTypesResp GetTableTypes(TGetTableTypesReq request) {
        ThriftOperations.Submitted submitted = operations.ask(
                request.getSessionHandle(),
                TOperationType.GET_TABLE_TYPES,
                request.isSetGetDirectResults(),
                ThriftMetadata::tableTypes);
        return new TGetTableTypesResp(submitted.status())
                .setOperationHandle(submitted.handle())
                .setDirectResults(submitted.results());
    }

    @Override
    public TGetColumnsResp GetColumns(TGetColumnsReq request) {
        ThriftOperations.Submitted submitted = operations.ask(
                request.getSessionHandle(),
                TOperationType.GET_COLUMNS,
                request.isSetGetDirectResults(),
                metadata -> metadata.columns(request));
        return new TGetColumnsResp(submitted.status())
                .setOperationHandle(submitted.handle())
                .setDirectResults(submitted.results());
    }

    @Override
    public TGetFunctionsResp GetFunctions(TGetFunctionsReq request) {
        ThriftOperations.Submitted submitted = operations.ask(
                request.getSessionHandle(),
                TOperationType.GET_FUNCTIONS,
                request.isSetGetDirectResults(),
                metadata -> metadata.functions(request));
        return new TGetFunctionsResp(submitted.status())
                .setOperationHandle(submitted.handle())
                .setDirectResults(submitted.results());
    }

    @Override
    public TGetPrimaryKeysResp GetPrimaryKeys(TGetPrimaryKeysReq request) {
        ThriftOperations.Submitted submitted = operations.ask(
                request.getSessionHandle(),
                TOperationType.UNKNOWN,
                request.isSetGetDirectResults(),
                metadata -> metadata.primaryKeys(request));
        return new TGetPrimaryKeysResp(submitted.status())
                .setOperationHandle(submitted.handle())
                .setDirectResults(submitted.results());
    }

    @Override
    public TGetCrossReferenceResp GetCrossReference(TGetCrossReferenceReq request) {
        ThriftOperations.Submitted submitted = operations.ask(
                request.getSessionHandle(),
                TOperationType.UNKNOWN,
                request.isSetGetDirectResults(),
                metadata -> metadata.crossReference(request));
        return new TGetCrossReferenceResp(submitted.status())
                .setOperationHandle(submitted.handle())
                .setDirectResults(submitted.results());
    }

    @Override
    public TGetDelegationTokenResp GetDelegationToken(TGetDelegationTokenReq request) {
        return new TGetDelegationTokenResp(unsupported("GetDelegationToken"));
    }

    @Override
    public TCancelDelegationTokenResp CancelDelegationToken(TCancelDelegationTokenReq request) {
        return new TCancelDelegationTokenResp(unsupported("CancelDelegationToken"));
    }

    @Override
    public TRenewDelegationTokenResp RenewDelegationToken(TRenewDelegationTokenReq request) {
        return new TRenewDelegationTokenResp(unsupported("RenewDelegationToken"));
    }
}
