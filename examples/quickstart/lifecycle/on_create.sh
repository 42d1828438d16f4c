#!/bin/bash
# HyperPod runs this script as root on every node, when the node is created or replaced.
# Its output goes to the cluster's log group: /aws/sagemaker/Clusters/<name>/<id>, stream LifecycleConfig/<group>/<instance>.
set -euo pipefail

echo "on_create: $(hostname) is up"
