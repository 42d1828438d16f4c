import { readFileSync } from 'fs';
import { join } from 'path';
import { gunzipSync } from 'zlib';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { PropertyType, SpecDatabase } from '@aws-cdk/service-spec-types';

/**
 * Every property of `AWS::SageMaker::Cluster`, as `instancegroups.slurmconfig.nodetype`: in lower case, for the L1 spells names in its
 * own way; elements of a list have the path of the list. From CloudFormation's specification, and from the L1 of this aws-cdk-lib.
 */
export function clusterPropertyPaths(): string[] {
  return [...new Set([...pathsOfSpecification(), ...pathsOfL1()].map(path => path.toLowerCase()))].sort();
}

/** The properties that a rendered cluster has, in the same notation. */
export function renderedPaths(properties: unknown): string[] {
  return children(properties, '').map(path => path.toLowerCase());
}

function children(value: unknown, path: string): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(element => children(element, path));
  }
  return typeof value !== 'object' || value === null ? [] : Object.entries(value).flatMap(([name, child]) => {
    const childPath = path === '' ? name : `${path}.${name}`;
    return [childPath, ...children(child, childPath)];
  });
}

function pathsOfSpecification(): string[] {
  const database = loadAwsServiceSpecSync();
  const { properties } = database.lookup('resource', 'cloudFormationType', 'equals', 'AWS::SageMaker::Cluster').only();
  return specificationPaths(database, properties, '');
}

function specificationPaths(database: SpecDatabase, properties: Record<string, { type: PropertyType }>, parent: string): string[] {
  return Object.entries(properties).flatMap(([name, { type }]) => [`${parent}${name}`, ...typePaths(database, type, `${parent}${name}.`)]);
}

function typePaths(database: SpecDatabase, type: PropertyType, parent: string): string[] {
  switch (type.type) {
    case 'ref': return specificationPaths(database, database.get('typeDefinition', type.reference.$ref).properties, parent);
    case 'array': return typePaths(database, type.element, parent);
    case 'union': return type.types.flatMap(alternative => typePaths(database, alternative, parent));
    default: return [];
  }
}

const L1 = 'aws-cdk-lib.aws_sagemaker.CfnCluster';

/** What jsii says of a type of CDK: https://aws.github.io/jsii/specification/ */
interface JsiiType {
  readonly fqn?: string;
  readonly collection?: { readonly elementtype: JsiiType };
  readonly union?: { readonly types: JsiiType[] };
}

function pathsOfL1(): string[] {
  const assembly = join(require.resolve('aws-cdk-lib/package.json'), '..', '.jsii.gz');
  const { types } = JSON.parse(gunzipSync(readFileSync(assembly)).toString());
  return jsiiPaths(types, `${L1}Props`, '');
}

function jsiiPaths(types: any, fqn: string, parent: string): string[] {
  return types[fqn].properties.flatMap(({ name, type }: { name: string; type: JsiiType }) =>
    [`${parent}${name}`, ...structsOf(type).flatMap(struct => jsiiPaths(types, struct, `${parent}${name}.`))]);
}

function structsOf({ fqn, collection, union }: JsiiType): string[] {
  if (collection) {
    return structsOf(collection.elementtype);
  }
  return union ? union.types.flatMap(structsOf) : fqn?.startsWith(L1) || fqn === 'aws-cdk-lib.CfnTag' ? [fqn] : [];
}
