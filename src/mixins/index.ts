export * from './cluster-creation-order';
export * from './cluster-lifecycle-access';
