#!/usr/bin/env python3
from aws_cdk import App, Stack, aws_ec2 as ec2, aws_eks_v2 as eks
from cdk_hyperpod import HyperPodCluster, HyperPodInstanceType, InstanceGroupOptions, Orchestrator
from constructs import Construct


class TrainingStack(Stack):
    """Two workers of an EKS cluster, in private subnets of a VPC of their own, without lifecycle scripts of their own."""

    def __init__(self, scope: Construct, construct_id: str, **kwargs) -> None:
        super().__init__(scope, construct_id, **kwargs)

        vpc = ec2.Vpc(self, "Vpc", max_azs=2, nat_gateways=1)

        eks_cluster = eks.Cluster(
            self,
            "Eks",
            vpc=vpc,
            version=eks.KubernetesVersion.V1_33,
            default_capacity_type=eks.DefaultCapacityType.NODEGROUP,
        )

        HyperPodCluster(
            self,
            "Training",
            vpc=vpc,
            orchestrator=Orchestrator.eks(eks_cluster, security_group=eks_cluster.cluster_security_group),
            instance_groups=[
                InstanceGroupOptions(
                    instance_group_name="workers",
                    instance_type=HyperPodInstanceType.G5_8_XLARGE,
                    instance_count=2,
                ),
            ],
        )


app = App()
TrainingStack(app, "EksMinimal")
app.synth()
