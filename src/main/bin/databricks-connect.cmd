@echo off
rem Starts databricks-connect with the routes and the configuration beside it.
rem JAVA_HOME chooses the Java (17 or later); JAVA_OPTS adds options for it, such as -Xmx1g.
setlocal
set "home=%~dp0.."
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
"%java%" -Xms32m -Xmx512m -XX:+UseSerialGC -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=25 -XX:+ExitOnOutOfMemoryError -Dfile.encoding=UTF-8 ^
  -XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=20000 -XX:Tier4CompileThreshold=100000 -XX:Tier4BackEdgeThreshold=400000 ^
  --add-opens=java.base/java.nio=ALL-UNNAMED -Djava.awt.headless=true ^
  "-Dlog4j2.configurationFile=%home%\config\log4j2.properties" "-Ddatabricks.connect.home=%home%" ^
  %JAVA_OPTS% -cp "%home%\lib\*" com.clarifai.databricks.DatabricksConnect %*
exit /b %ERRORLEVEL%
