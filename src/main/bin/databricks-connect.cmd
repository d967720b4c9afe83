@echo off
rem Starts databricks-connect with the routes and the configuration beside it.
rem JAVA_HOME chooses the Java (17 or later); JAVA_OPTS adds options for it, such as -Xmx1g.
setlocal
set "home=%~dp0.."
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
rem An archive of the classes shortens a start by nearly half. The one of a release is not for Windows; it is made once, and
rem anew for another Java or folder, by
rem   set JAVA_OPTS=-XX:ArchiveClassesAtExit=lib\databricks-connect.jsa
rem   bin\databricks-connect warm-up
rem once the old one is deleted, if there is one.
set share=
if exist "%home%\lib\databricks-connect.jsa" set share="-XX:SharedArchiveFile=%home%\lib\databricks-connect.jsa"
"%java%" -Xms32m -Xmx512m -XX:MaxNewSize=16m -XX:+UseSerialGC -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=25 -XX:+ExitOnOutOfMemoryError ^
  %share% -Xlog:disable -Xlog:all=error:stderr -Xlog:cds*=off:stderr -Dfile.encoding=UTF-8 ^
  -XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=20000 -XX:Tier4CompileThreshold=100000 -XX:Tier4BackEdgeThreshold=400000 ^
  --add-opens=java.base/java.nio=ALL-UNNAMED -Djava.awt.headless=true ^
  "-Dlog4j2.configurationFile=%home%\config\log4j2.properties" "-Ddatabricks.connect.home=%home%" ^
  %JAVA_OPTS% -cp "%home%\lib\*" com.clarifai.databricks.DatabricksConnect %*
exit /b %ERRORLEVEL%
