package example;

import software.amazon.awscdk.App;

public final class QuickstartApp {
    public static void main(final String[] args) {
        final App app = new App();
        new TrainingStack(app, "Quickstart");
        app.synth();
    }

    private QuickstartApp() {
    }
}
