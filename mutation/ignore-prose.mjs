import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** The texts of a rule that only RULES.md prints. No behaviour rests on them, and a test would repeat them. */
const PROSE = ['title', 'prevents', 'why', 'fix', 'sources'];

const prose = {
  shouldIgnore({ node, parentPath }) {
    if (node.type !== 'ObjectProperty' || !PROSE.includes(node.key.name)) { return undefined; }
    const declaration = parentPath.parentPath?.node;
    const type = declaration?.type === 'VariableDeclarator' ? declaration.id.typeAnnotation?.typeAnnotation.typeName?.name : undefined;
    return type === 'Rule' ? `${node.key.name} of a rule is prose` : undefined;
  },
};

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'prose', prose)];
