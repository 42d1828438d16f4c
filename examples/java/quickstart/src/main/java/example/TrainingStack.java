package example;

import io.github.cdkhyperpod.HyperPodCluster;
import io.github.cdkhyperpod.HyperPodInstanceType;
import io.github.cdkhyperpod.InstanceGroupOptions;
import io.github.cdkhyperpod.LifecycleScripts;
import io.github.cdkhyperpod.LifecycleScriptsAssetOptions;
import io.github.cdkhyperpod.SlurmNode;
import java.util.List;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.Vpc;
import software.constructs.Construct;

/**
 * A Slurm cluster: one controller, two workers, in private subnets of a VPC of its own.
 */
public class TrainingStack extends Stack {
    /** The scripts of the TypeScript app, so that both synthesize the same template. */
    private static final String LIFECYCLE = "../../quickstart/lifecycle";

    public TrainingStack(final Construct scope, final String id) {
        super(scope, id);

        final Vpc vpc = Vpc.Builder.create(this, "Vpc").maxAzs(2).natGateways(1).build();

        HyperPodCluster.Builder.create(this, "Training")
            .vpc(vpc)
            .instanceGroups(List.of(
                InstanceGroupOptions.builder()
                    .instanceGroupName("controller")
                    .instanceType(HyperPodInstanceType.M5_XLARGE)
                    .instanceCount(1)
                    .slurmNode(SlurmNode.controller())
                    .build(),
                InstanceGroupOptions.builder()
                    .instanceGroupName("workers")
                    .instanceType(HyperPodInstanceType.G5_8_XLARGE)
                    .instanceCount(2)
                    .slurmNode(SlurmNode.compute("gpu"))
                    .build()))
            .lifecycleScripts(LifecycleScripts.fromAsset(LIFECYCLE, LifecycleScriptsAssetOptions.builder()
                .onInitComplete("on_init_complete.sh")
                .build()))
            .build();
    }
}
