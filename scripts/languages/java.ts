/**
 * `npm run test:java`: generates the Java code, compiles it and the app in examples/java with Maven, with the peers at their floors,
 * and compares what the app synthesizes with its TypeScript twin in examples.
 */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { generate } from './generate';
import { compareTwins } from './twins';
import { has, main, refusal, run, step } from '../check';
import { ROOT, floor, installed } from '../project';

const EXAMPLE = 'quickstart';
const MAVEN = ['--batch-mode', '--quiet', '--no-transfer-progress'];
const CLASSPATH = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:build-classpath';

main('java', async (directory, skip) => {
  await generate('java', directory);
  if (!has('mvn', '--version') || !has('javac', '-version')) return skip('compiling', 'there is no mvn or no JDK');

  cpSync(path.join(ROOT, 'examples', 'java', EXAMPLE), path.join(directory, EXAMPLE), { recursive: true });
  joinBuild(directory, 'java');
  joinBuild(directory, EXAMPLE);

  // Everything at once would not tell what cannot be fetched from what cannot be compiled.
  const resolve = () => step('fetched the dependencies, or tried to', () => refusal('mvn', [...MAVEN, '--projects', 'java', CLASSPATH], { cwd: directory }));
  writeParent(directory, { ...versions(), 'software.amazon.awscdk:aws-cdk-lib': floor('aws-cdk-lib') });
  const why = await resolve();
  if (why !== undefined) {
    skip(`compiling with aws-cdk-lib ${floor('aws-cdk-lib')}`, `Maven cannot fetch it: ${why}`);
    writeParent(directory, versions());
    dropCdk(directory);
    const whyNot = await resolve();
    if (whyNot !== undefined) return skip('compiling', `Maven cannot fetch what cdk-nag brings along either: ${whyNot}`);
  }

  await step('compiled', () => run('mvn', [...MAVEN, 'compile', CLASSPATH, '-Dmdep.outputFile=classpath'], { cwd: directory }));
  const classpath = [path.join(directory, EXAMPLE, 'target', 'classes'), readFileSync(path.join(directory, EXAMPLE, 'classpath'), 'utf8').trim()];
  if (why !== undefined) classpath.unshift(overlay(directory, classpath[1]));

  await step(`the same as its twin: ${EXAMPLE}`, () => compareTwins(
    EXAMPLE, path.join('java', EXAMPLE), `java -cp ${classpath.join(path.delimiter)} example.QuickstartApp`,
  ));
});

/** Peers at their floors, and the assets that aws-cdk-lib brings along at the versions of node_modules, for their hashes are in the templates. */
function versions(): Record<string, string> {
  return {
    'software.constructs:constructs': floor('constructs'),
    'io.github.cdklabs:cdknag': floor('cdk-nag'),
    'software.amazon.awscdk:cdk-asset-awscli-v1': installed('@aws-cdk/asset-awscli-v1'),
    'software.amazon.awscdk:cdk-asset-node-proxy-agent-v6': installed('@aws-cdk/asset-node-proxy-agent-v6'),
  };
}

/** One build for the library and the app, so that nothing is installed in the local repository. */
function writeParent(directory: string, managed: Record<string, string>): void {
  const dependencies = Object.entries(managed).map(([name, version]) => {
    const [groupId, artifactId] = name.split(':');
    return `<dependency><groupId>${groupId}</groupId><artifactId>${artifactId}</artifactId><version>${version}</version></dependency>`;
  });
  writeFileSync(path.join(directory, 'pom.xml'), `<project xmlns="http://maven.apache.org/POM/4.0.0">
    <modelVersion>4.0.0</modelVersion>
    <groupId>test</groupId><artifactId>test</artifactId><version>0</version><packaging>pom</packaging>
    <modules><module>java</module><module>${EXAMPLE}</module></modules>
    <dependencyManagement><dependencies>${dependencies.join('')}</dependencies></dependencyManagement>
  </project>`);
}

/** Makes a project part of the build, and each of its dependencies the lowest that it allows. */
function joinBuild(directory: string, module: string): void {
  rewrite(path.join(directory, module, 'pom.xml'), pom => pom
    .replace('</modelVersion>', '</modelVersion><parent><groupId>test</groupId><artifactId>test</artifactId><version>0</version></parent>')
    .replace(/<version>\[([^,]+),[^)]*\)<\/version>/g, '<version>$1</version>'));
}

/** Leaves the version of aws-cdk-lib to cdk-nag, which was built with an older one. */
function dropCdk(directory: string): void {
  rewrite(path.join(directory, 'java', 'pom.xml'), pom => pom.replace(/<dependency>\s*<groupId>software\.amazon\.awscdk<\/groupId>[^]*?<\/dependency>/, ''));
}

/**
 * A directory for the beginning of the classpath that has the JavaScript of node_modules where aws-cdk-lib's jar has that of an older version.
 * The library does not work with less than its floor. The Java classes, which are those of the older version, only call what is there.
 */
function overlay(directory: string, classpath: string): string {
  const version = /aws-cdk-lib-([\d.]+)\.jar/.exec(classpath)![1];
  const root = path.join(directory, 'overlay');
  const at = path.join(root, 'software', 'amazon', 'awscdk');
  mkdirSync(at, { recursive: true });
  run('tar', ['-czf', path.join(at, `aws-cdk-lib@${version}.jsii.tgz`), '-C', path.join(ROOT, 'node_modules'), 'aws-cdk-lib']);
  console.log(`compiled with aws-cdk-lib ${version}; its JavaScript is that of node_modules, ${installed('aws-cdk-lib')}`);
  return root;
}

function rewrite(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}
