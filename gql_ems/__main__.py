"""`python -m gql_ems` is the command line."""

from gql_ems.cli import main

main()
