mkdir flows
