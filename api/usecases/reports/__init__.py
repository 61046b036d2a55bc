"""The monthly report: the city's counts on paper and as a workbook, small ones hidden."""
