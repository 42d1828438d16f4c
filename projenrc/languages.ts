import { Component, awscdk } from 'projen';
import { tsNode } from './ts-node';

/** What `npm run test:<language>` does for each language that jsii translates the library into. */
const LANGUAGES = {
  python: 'Build the wheel, install it, and compare what the apps in examples/python synthesize with their TypeScript twins',
  java: 'Generate the Java code, compile it, and compare what the app in examples/java synthesizes with its TypeScript twin',
  go: 'Generate the Go code and compile it',
  dotnet: 'Generate the .NET code and compile it',
};

/**
 * The tests of the library in other languages than TypeScript. What a machine lacks is skipped, and said to be.
 */
export class Languages extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    for (const [language, description] of Object.entries(LANGUAGES)) {
      project.addTask(`test:${language}`, { description, exec: tsNode(`scripts/languages/${language}.ts`) });
    }

    // Hardly any machine has the tools of all languages. The jobs of the release workflow have those of theirs.
    project.packageTask.reset();
    project.packageTask.spawn(project.tasks.tryFind('package:js')!);
  }
}
