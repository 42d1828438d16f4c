#!/usr/bin/env python3
from pathlib import Path

from aws_cdk import App, Stack, aws_ec2 as ec2
from cdk_hyperpod import HyperPodCluster, HyperPodInstanceType, InstanceGroupOptions, LifecycleScripts, SlurmNode
from constructs import Construct

# The scripts of the TypeScript app, so that both synthesize the same template.
LIFECYCLE = Path(__file__).parents[2] / "quickstart" / "lifecycle"


class TrainingStack(Stack):
    """A Slurm cluster: one controller, two workers, in private subnets of a VPC of its own."""

    def __init__(self, scope: Construct, construct_id: str, **kwargs) -> None:
        super().__init__(scope, construct_id, **kwargs)

        vpc = ec2.Vpc(self, "Vpc", max_azs=2, nat_gateways=1)

        HyperPodCluster(
            self,
            "Training",
            vpc=vpc,
            instance_groups=[
                InstanceGroupOptions(
                    instance_group_name="controller",
                    instance_type=HyperPodInstanceType.M5_XLARGE,
                    instance_count=1,
                    slurm_node=SlurmNode.controller(),
                ),
                InstanceGroupOptions(
                    instance_group_name="workers",
                    instance_type=HyperPodInstanceType.G5_8_XLARGE,
                    instance_count=2,
                    slurm_node=SlurmNode.compute("gpu"),
                ),
            ],
            lifecycle_scripts=LifecycleScripts.from_asset(str(LIFECYCLE), on_init_complete="on_init_complete.sh"),
        )


app = App()
TrainingStack(app, "Quickstart")
app.synth()
