#!/bin/bash
# HyperPod runs this script as root on every node, when the node is created or replaced.
# With OnCreate it neither sets up Slurm nor mounts file systems: put scripts that do beside this one, such as AWS's base configuration,
# https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-lifecycle-best-practices-slurm-base-config.html
set -euo pipefail

source ./lib/log.sh

log "this node is to be set up as these parameters say:"
cat provisioning_parameters.json
